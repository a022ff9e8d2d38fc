import { register } from "node:module";

/*
 * The subset as Langium wants it. Its parser is made from this at the start of the run, as its generated ones are; its lookahead
 * is as long as needed.
 */

const grammar = String.raw`
grammar Subset

entry File: strategies+=Strategy*;

Strategy: 'strategy' name=TEXT '{' entries+=Entry* ('default' 'route' 'to' route=Expr)? statements+=Statement* '}';
Entry: 'entry' patterns+=Pattern (',' patterns+=Pattern)*;
Pattern: from=TEXT ('..' to=TEXT)?;

Block: '{' statements+=Statement* '}';
Statement: Let | Set | Note | If | Match | Once | Answer | Play | Music | Hangup | Queue | Ring | Voicemail;
Let: 'let' name=WORD '=' value=Expr;
Set: 'set' 'call' ('.' path+=WORD)+ '=' value=Expr;
Note: 'note' text=Expr;
If: 'if' condition=Expr then=Block ('else' (else=Block | elseIf=If))?;
Match: 'match' subject=Expr '{' arms+=Arm* ('else' '->' else=Block)? '}';
Arm: patterns+=Expr (',' patterns+=Expr)* '->' body=Block;
Once: 'once' body=Block;
Answer: {infer Answer} 'answer';
Play: 'play' prompt=Expr ('else' otherwise=Expr)?;
Music: 'music' name=Expr ('for' time=Expr)?;
Hangup: {infer Hangup} 'hangup';

Queue: 'queue' name=WORD '{' lines+=QueueLine* '}';
QueueLine: Priority | Choose | RingFor | Showing | Step | GiveUp | Waiting | Handler;
Priority: 'priority' base=Expr ('rising' by=Expr 'every' every=Expr 'up' 'to' upTo=Expr)?;
Choose: 'choose' 'by' choosers+=Chooser ('then' choosers+=Chooser)*;
Chooser: name=WORD ('(' skill=WORD ')')?;
RingFor: 'ring' 'for' time=Expr;
Showing: 'showing' record=Record;
Step: 'at' at=Literal (verb=('add' | 'only'))? targets+=Target (',' targets+=Target)* ('when' when=Expr)?;
Target: Skilled | Thing;
Skilled: 'agents' 'with' condition=Expr;
GiveUp: 'give' 'up' 'after' after=Expr;
Waiting: 'while' 'waiting' body=Block;
Handler: 'on' outcomes+=Outcome (',' outcomes+=Outcome)* body=Block;
Outcome: name=WORD ('(' binding=WORD ')')?;
Ring: 'ring' target=Expr 'for' time=Expr ('{' handlers+=Handler* '}')?;
Voicemail: 'voicemail' 'to' mailbox=Expr;

Expr: Or;
Or infers Expr: And ({infer Binary.left=current} op='or' right=And)*;
And infers Expr: Not ({infer Binary.left=current} op='and' right=Not)*;
Not infers Expr: {infer Not} 'not' operand=Not | Comparison;
Comparison infers Expr: OrElse ({infer Binary.left=current} op=('==' | '!=' | '<=' | '>=' | '<' | '>' | 'in') right=OrElse
  | {infer Is.operand=current} 'is' (negated?='not')? 'found')?;
OrElse infers Expr: Sum ({infer Binary.left=current} op='??' right=Sum)*;
Sum infers Expr: Product ({infer Binary.left=current} op=('+' | '-') right=Product)*;
Product infers Expr: Negative ({infer Binary.left=current} op=('*' | '/') right=Negative)*;
Negative infers Expr: {infer Negative} '-' operand=Negative | Access;
Access infers Expr: Primary ({infer Member.object=current} '.' name=Any | {infer Index.object=current} '[' key=Expr ']')*;
Primary infers Expr: Choice | Thing | Record | List | Named | Literal | '(' Expr ')';
Any returns string: WORD | 'to' | 'call';
Choice: 'if' condition=Expr 'then' then=Expr 'else' otherwise=Expr;
Thing: noun='mailbox' ('of' of=Thing | name=WORD) | noun=('group' | 'agent') name=WORD;
Record: {infer Record} '{' (fields+=Field (',' fields+=Field)*)? '}';
Field: key=WORD (':' value=Expr)?;
List: {infer List} '[' (items+=Expr (',' items+=Expr)*)? ']';
Named: (name=WORD | call?='call') (applied?='(' (args+=Expr (',' args+=Expr)*)? ')')?;
Literal: {infer Text} text=TEXT | {infer Duration} duration=DURATION | {infer Num} number=NUM;

hidden terminal BLANK: /\s+/;
hidden terminal COMMENT: /#[^\n\r]*/;
terminal TEXT: /"(?:[^"\\\n\r{]|\\.|\{[^}\n\r]{0,400}\})*"/;
terminal DURATION: /(?=\d)(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?(?![A-Za-z_0-9.])/;
terminal NUM: /\d+(?:\.\d+)?/;
terminal WORD: /[A-Za-z_][A-Za-z_0-9]*/;
`;

/**
 * Langium has a Chevrotain of its own, older than ours, and the package with its lookahead would find ours: it tells nodes of the
 * one from nodes of the other and knows none.
 */
const oneChevrotain = `
export const resolve = (name, context, next) =>
  name === "chevrotain" && context.parentURL.includes("/chevrotain-allstar/")
    ? next(name, { ...context, parentURL: ${JSON.stringify(import.meta.resolve("langium"))} })
    : next(name, context);`;

/** A parser by Langium for the subset; it throws at the first error. */
export async function langiumParser(): Promise<(text: string) => unknown> {
  register(`data:text/javascript,${encodeURIComponent(oneChevrotain)}`);
  const { createServicesForGrammar } = await import("langium/grammar");
  const { parser } = await createServicesForGrammar({ grammar });
  return (text) => {
    const { value, lexerErrors, parserErrors } = parser.LangiumParser.parse(text);
    const [error] = [...lexerErrors, ...parserErrors];
    if (error) throw new Error(`Langium: ${error.message}`);
    return value;
  };
}
