import type { Edit } from "../diagnostic.ts";
import type { Range } from "../source.ts";
import { nodesAt } from "../walk.ts";
import type { Action } from "./action.ts";
import { extractPlan } from "./extracting.ts";
import { findings } from "./findings.ts";
import { insertGiveUp, insertHandlers } from "./inserting.ts";
import type { Project } from "./project.ts";
import type { Sheet } from "./sheet.ts";

/** What can be done about the findings and the constructs in a range. */
export function actions(project: Project, path: string, range: Range): Action[] {
  const here = (findings(project).get(path) ?? []).filter((one) => touches(one.range, range));
  const fixes = here.flatMap((finding): Action[] =>
    finding.fix ? [{ title: finding.fix.title, kind: "fix", edits: finding.fix.edits, finding }] : [],
  );
  const codes = new Set(fixes.map(({ finding }) => finding?.code ?? ""));
  const sheet = project.sheets.get(path);
  return [
    ...fixes,
    ...[...codes].flatMap((code) => allOfKind(project, path, code)),
    ...(sheet ? refactors(sheet, range) : []),
  ];
}

/** Every fix of a file at once. */
export function fixAll(project: Project, path: string): Action | undefined {
  const edits = apart(
    (findings(project).get(path) ?? []).flatMap(({ fix }) => fix?.edits ?? []),
    path,
  );
  return edits.length > 0 ? { title: "mend all that can be mended", kind: "fix all", edits } : undefined;
}

function allOfKind(project: Project, path: string, code: string): Action[] {
  const same = (findings(project).get(path) ?? []).filter((one) => one.code === code && one.fix);
  const edits = apart(
    same.flatMap(({ fix }) => fix?.edits ?? []),
    path,
  );
  return same.length < 2
    ? []
    : [{ title: `mend all ${same.length} findings ${code} in this file`, kind: "fix", edits }];
}

/** Of edits that overlap the first counts: the others are offered again once it is made. */
function apart(edits: Edit[], path: string): Edit[] {
  let end = -1;
  return edits
    .filter((edit) => edit.path === path)
    .toSorted((a, b) => a.range.start - b.range.start)
    .filter(({ range }) => {
      if (range.start <= end) return false;
      end = range.end;
      return true;
    });
}

const touches = (a: Range, b: Range): boolean => a.start <= b.end && b.start <= a.end;

function refactors(sheet: Sheet, { start }: Range): Action[] {
  const attempt = nodesAt(sheet.file, start).findLast((node) => "handlers" in node);
  if (!attempt) return [];
  return [insertHandlers(sheet, attempt), insertGiveUp(sheet, attempt), extractPlan(sheet, attempt)].filter(
    (one) => one !== undefined,
  );
}
