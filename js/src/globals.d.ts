declare const __VERSION__: string;

declare module "*.css" {
  const text: string;
  export default text;
}

declare module "lucide/dist/esm/icons/*" {
  const node: [tag: string, attributes: Record<string, string>][];
  export default node;
}
