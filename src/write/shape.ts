/** A text without its layout: what no formatter's run changes. Two texts of one shape say the same. */

const tokens = /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`)|([\s;]+)|([\w$]+)|[^\s;]/g;

export function shape(path: string, text: string): string {
  return path.endsWith(".ts") ? codeShape(text) : text.replace(/\s+/g, "").replace(/-+/g, "-");
}

/** Spaces, line breaks, semicolons, the kind of quotes, trailing commas, brackets around one parameter and the first bar of a union are layout. */
function codeShape(text: string): string {
  const parts: string[] = [];
  let isSpaced = false;
  let afterWord = false;
  for (const [token, comment, string, space, word] of text.matchAll(tokens)) {
    if (space !== undefined) {
      isSpaced = true;
      continue;
    }
    if (word !== undefined && afterWord && isSpaced) parts.push(" ");
    parts.push(comment !== undefined ? kept(`${comment.replace(/\s+/g, " ")}\n`) : string !== undefined ? kept(unquoted(string)) : token);
    afterWord = word !== undefined;
    isSpaced = false;
  }
  return parts
    .join("")
    .replace(/,(?=[)\]}>])/g, "")
    .replace(/([=:(<])[|&]/g, "$1")
    .replace(/([\w$]?)\(([\w$]+)\)=>/g, (_, before: string, name: string) => `${before === "" ? "" : `${before} `}${name}=>`);
}

/** What is written in words is no layout, so nothing below may take its marks for code. */
const kept = (text: string): string => text.replace(/[,()[\]{}<>=:|&]/g, (mark) => `\\${mark.charCodeAt(0)}`);

function unquoted(string: string): string {
  return string.startsWith("`") ? string : `"${string.slice(1, -1).replace(/\\(["'])/g, "$1")}"`;
}
