/** Makes what an element holds equal to some HTML, keeping the nodes that are so already: nothing flickers. */
export function morph(element: HTMLElement, html: string): void {
  const template = element.ownerDocument.createElement("template");
  template.innerHTML = html;
  morphChildren(element, template.content);
}

function morphChildren(old: ParentNode & Node, next: ParentNode & Node): void {
  const wanted = [...next.childNodes];
  wanted.forEach((node, index) => {
    const held = old.childNodes[index];
    if (!held) old.appendChild(node);
    else if (!held.isEqualNode(node)) morphNode(held, node);
  });
  while (old.childNodes.length > wanted.length) old.lastChild?.remove();
}

function morphNode(held: ChildNode, node: ChildNode): void {
  if (held.nodeType === Node.TEXT_NODE && node.nodeType === Node.TEXT_NODE) {
    const [text, wanted] = [held as Text, (node as Text).data];
    if (wanted.startsWith(text.data)) text.appendData(wanted.slice(text.data.length));
    else text.data = wanted;
  } else if (isAlike(held, node)) morphChildren(held as Element, node as Element);
  else held.replaceWith(node);
}

/** Whether two nodes differ in what they hold only, and nothing was done to the one on the page since. */
function isAlike(held: Node, node: Node): boolean {
  if (held.nodeName !== node.nodeName || held.nodeType !== Node.ELEMENT_NODE) return false;
  const [one, other] = [held as Element, node as Element];
  return (
    one.attributes.length === other.attributes.length &&
    [...one.attributes].every(({ name, value }) => other.getAttribute(name) === value)
  );
}
