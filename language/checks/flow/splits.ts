import type { Split } from "../../ast.ts";
import { type Checking, report } from "../checking.ts";
import { firstWord } from "../words.ts";

/** The branches of a split by their shares and names. */
export function checkSplit(checking: Checking, split: Split): void {
  const seen = new Map<string, Split["branches"][number]>();
  for (const branch of split.branches) {
    const { text, range } = branch.label;
    const first = seen.get(text);
    if (first) {
      const related = [{ path: checking.source.path, range: first.label.range, message: "the first one" }];
      report(checking, "error", "S451", range, `this split has a branch \`${text}\` already`, { related });
    } else seen.set(text, branch);
    if (branch.share.kind === "percent" && branch.share.value === 0) {
      report(checking, "warning", "S402", branch.share.range, `no call ever comes to \`${text}\`: its share is 0%`);
    }
  }
  checkSum(checking, split);
}

function checkSum(checking: Checking, split: Split): void {
  let sum = 0;
  for (const { share } of split.branches) {
    if (share.kind !== "percent" || share.value < 0 || share.value > 100) return;
    sum += share.value;
  }
  const off = Math.round((100 - sum) * 1e6) / 1e6;
  if (off === 0) return;
  const message = `these shares make ${100 - off}%, and all calls are 100%`;
  const last = split.branches.at(-1);
  const share = last?.share.kind === "percent" ? last.share.value + off : 0;
  const fits = last !== undefined && share > 0;
  report(checking, "error", "S450", firstWord(split), message, {
    hint: fits ? `with \`${share}% ${last.label.text}\` they would` : "give each branch its share",
    ...(fits && {
      fix: {
        title: `write \`${share}%\``,
        edits: [{ path: checking.source.path, range: last.share.range, text: `${share}%` }],
      },
    }),
  });
}
