/** Kinds of files that a field takes: suffixes, or kinds such as `image`. */

const WILD: Record<string, string> = { image: "image/*", video: "video/*", audio: "audio/*", text: "text/*" };

/** The `accept` of a file input; undefined: anything. */
export function acceptOf(types: string[] | null): string | undefined {
  if (!types || types.length === 0 || types.includes("file")) return undefined;
  return types.map((type) => WILD[type] ?? type).join(",");
}

export function accepts(file: File, types: string[] | null): boolean {
  if (!types || types.length === 0) return true;
  const name = file.name.toLowerCase();
  return types.some((type) => {
    if (type === "file") return true;
    if (type.startsWith(".")) return name.endsWith(type.toLowerCase());
    const kind = WILD[type] ?? type;
    return kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind;
  });
}
