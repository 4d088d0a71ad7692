/** HTML that changes in place: what a script listens to, and what is typed, stays where it is. */

function parsed(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Makes an element that shows one HTML show another; a node that is still of its kind remains the same node. */
export function follow(element: Element, before: string, html: string): void {
  followChildren(element, parsed(before), parsed(html));
}

function followChildren(parent: Node, before: Node, wanted: Node): void {
  const there = [...parent.childNodes];
  const next = [...wanted.childNodes];
  next.forEach((node, at) => {
    const present = there[at];
    const last = before.childNodes[at];
    if (!present) parent.appendChild(node);
    else if (present.nodeName !== node.nodeName || isElsewhere(present, node))
      parent.replaceChild(node, present);
    else if (last?.isEqualNode(node))
      return; // what its script made of it since stays
    else if (present instanceof Element) {
      followAttributes(present, last instanceof Element ? last : null, node as Element);
      if (present instanceof HTMLTextAreaElement) present.value = node.textContent ?? "";
      followChildren(present, last ?? document.createDocumentFragment(), node);
    } else present.nodeValue = node.nodeValue;
  });
  for (const node of there.slice(next.length)) node.remove();
}

/** Whether a name means something else here than there, as `a` does in a drawing. */
const isElsewhere = (one: Node, other: Node): boolean =>
  one instanceof Element && one.namespaceURI !== (other as Element).namespaceURI;

/** Attributes that a script has set stay, unless the HTML says otherwise now. */
function followAttributes(element: Element, last: Element | null, wanted: Element): void {
  for (const { name } of last?.attributes ?? [])
    if (!wanted.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of wanted.attributes) {
    if (last?.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  if (!(element instanceof HTMLInputElement)) return;
  const [was, is] = [last?.getAttribute("value"), wanted.getAttribute("value")];
  if (was !== is && element.type !== "file") element.value = is ?? "";
  const isTicked = wanted.hasAttribute("checked");
  if (last?.hasAttribute("checked") !== isTicked) element.checked = isTicked;
}
