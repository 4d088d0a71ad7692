/** Messages of one side: a picture, a bubble with what they say, and what can be done with them. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Block } from "../../model";
import { CopyTool } from "../../ui/tool";
import type { FileData } from "../../wire/messages";
import { type Group, type Message, type Node, textOf, told, treeOf } from "./groups";
import { ChatTool, Glyph } from "./icons";
import { memo, shallow } from "./memo";
import { type PartOptions, PartView, useAddress } from "./parts";
import { Thought } from "./thought";

export interface GroupOptions extends PartOptions {
  avatars: (FileData | null)[];
  canCopy: boolean;
  watermark: string | null;
  editable: "user" | "all" | null;
  canLike: boolean;
  canLikeUser: boolean;
  feedback_options: string[];
  canRetry: boolean;
  canUndo: boolean;
  canSelect: boolean;
}

export interface GroupProps {
  block: Block;
  group: Group;
  options: GroupOptions;
  /** Whether it is the last of the conversation. */
  isLast: boolean;
  feedback: string | null;
  act: Acts;
}

/** What a person does with messages. */
export interface Acts {
  like(group: Group, choice: string): void;
  /** Asks for another answer, or takes the last question back. */
  again(event: "retry" | "undo"): void;
  edit(texts: Map<number, string>): void;
  select(index: number, message: Message): void;
}

function Avatar({ block, file, side }: { block: Block; file: FileData; side: Group["side"] }) {
  const url = useAddress(block, file);
  return (
    <div class="nb-avatar avatar-container">
      {url && <img src={url} alt={side === "user" ? "User" : "Assistant"} />}
    </div>
  );
}

/** What its reader thinks of an answer: thumbs, and a menu of the rest. */
function Feedback({ group, choices, chosen, act }: FeedbackProps) {
  const others = choices.filter((choice) => choice !== "Like" && choice !== "Dislike");
  const [isOpen, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) menu.current?.querySelector<HTMLElement>("button")?.focus();
  }, [isOpen]);
  const choose = (choice: string) => {
    setOpen(false);
    act.like(group, chosen === choice ? "" : choice);
  };
  return (
    <>
      {(["Dislike", "Like"] as const).map(
        (choice) =>
          choices.includes(choice) && (
            <ChatTool
              key={choice}
              icon={choice === "Like" ? "like" : "dislike"}
              name={choice}
              pressed={chosen === choice}
              run={() => choose(choice)}
            />
          ),
      )}
      {others.length > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape and leaving close the menu that it holds
        <span
          class="nb-feedback"
          onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
          onFocusOut={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget as globalThis.Node | null)) setOpen(false);
          }}
        >
          <button
            type="button"
            class="nb-tool"
            aria-label={t("Feedback")}
            title={t("Feedback")}
            aria-haspopup="true"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <Glyph name="flag" filled={others.includes(chosen ?? "")} />
          </button>
          {isOpen && (
            <div ref={menu} class="nb-feedback-menu">
              {others.map((choice) => (
                <button
                  key={choice}
                  type="button"
                  class="extra-feedback-option"
                  aria-pressed={chosen === choice}
                  onClick={() => choose(choice)}
                >
                  {choice}
                </button>
              ))}
            </div>
          )}
        </span>
      )}
    </>
  );
}

interface FeedbackProps {
  group: Group;
  choices: string[];
  chosen: string | null;
  act: Acts;
}

/** The texts of a group's messages as fields; Enter keeps them, Escape does not. */
function Editor({ group, done }: { group: Group; done: (texts: Map<number, string> | null) => void }) {
  const [texts, setTexts] = useState(
    () =>
      new Map(
        group.messages.flatMap(({ content }, at): [number, string][] => {
          const text = content.find(({ type }) => type === "text");
          return text?.type === "text" ? [[group.first + at, text.text]] : [];
        }),
      ),
  );
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.querySelector("textarea")?.focus(), []);
  return (
    <div ref={ref} class="nb-chat-editor">
      {[...texts].map(([index, text]) => (
        <textarea
          key={index}
          class="nb-input"
          aria-label={t("Edit message")}
          value={text}
          rows={Math.min(12, text.split("\n").length)}
          onInput={(event) => setTexts(new Map(texts).set(index, event.currentTarget.value))}
          onKeyDown={(event) => {
            if (event.key === "Escape") done(null);
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              done(texts);
            }
          }}
        />
      ))}
      <div class="nb-chat-editor-buttons">
        <button type="button" class="nb-button sm" aria-label={t("Cancel")} onClick={() => done(null)}>
          {t("Cancel")}
        </button>
        <button
          type="button"
          class="nb-button sm primary"
          aria-label={t("Submit")}
          onClick={() => done(texts)}
        >
          {t("Save")}
        </button>
      </div>
    </div>
  );
}

function Said({ block, node, side, options, act }: SaidProps) {
  const { message, index } = node;
  const content = (
    <>
      {message.content.map((part, at) => (
        <PartView key={at} block={block} part={part} options={options} />
      ))}
    </>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pressing it is a short way to the button in it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in it takes the keyboard
    <div
      class={`nb-said ${options.canSelect ? "selectable" : ""}`}
      data-testid={side}
      onClick={options.canSelect ? () => act.select(index, message) : undefined}
    >
      {content}
      {options.canSelect && (
        <button type="button" class="nb-chat-select">
          {t("Select message")}
        </button>
      )}
    </div>
  );
}

interface SaidProps {
  block: Block;
  node: Node;
  side: Group["side"];
  options: GroupOptions;
  act: Acts;
}

function DrawnGroup({ block, group, options, isLast, feedback, act }: GroupProps) {
  const { side, messages } = group;
  const [isEditing, setEditing] = useState(false);
  const avatar = options.avatars[side === "user" ? 0 : 1];
  const hasText = messages.some(({ content }) => content.some(({ type }) => type === "text"));
  const text = () => {
    const said = messages.map(textOf).join("\n");
    return options.watermark ? `${said}\n\n${options.watermark}` : said;
  };
  const copied = () => block.trigger("copy", { value: messages.map(textOf).join("\n") });
  const canEdit = hasText && (options.editable === "all" || (options.editable === "user" && side === "user"));
  const canLike = options.canLike && (side === "bot" || options.canLikeUser);
  const isAnswer = isLast && side === "bot";
  const hasTools =
    (options.canCopy && hasText) || canEdit || canLike || (isAnswer && (options.canRetry || options.canUndo));
  const select = (texts: Map<number, string> | null) => {
    setEditing(false);
    if (texts) act.edit(texts);
  };
  return (
    <div class={`nb-chat-row message-row ${side}-row`}>
      {avatar && <Avatar block={block} file={avatar} side={side} />}
      <div class="nb-chat-column">
        <div class={`nb-bubble message ${side}`}>
          {isEditing ? (
            <Editor group={group} done={select} />
          ) : (
            treeOf(group).map((node) =>
              node.message.metadata?.title ? (
                <div key={node.index} class="nb-said" data-testid={side}>
                  <Thought block={block} node={node} options={options} />
                </div>
              ) : (
                <Said key={node.index} block={block} node={node} side={side} options={options} act={act} />
              ),
            )
          )}
        </div>
        {hasTools && !isEditing && (
          <div class="nb-chat-tools message-buttons">
            {options.canCopy && hasText && <CopyTool text={text} copied={copied} name="Copy message" />}
            {isAnswer && options.canRetry && (
              <ChatTool icon="retry" name="Retry" run={() => act.again("retry")} />
            )}
            {isAnswer && options.canUndo && (
              <ChatTool icon="undo" name="Undo" run={() => act.again("undo")} />
            )}
            {canEdit && <ChatTool icon="edit" name="Edit" run={() => setEditing(true)} />}
            {canLike && (
              <Feedback group={group} choices={options.feedback_options} chosen={feedback} act={act} />
            )}
          </div>
        )}
      </div>
    </div>
  );
}

/** Drawn again only when its messages or its options have changed. */
export const GroupView = memo(DrawnGroup, shallow);

export const toldOf = (messages: Message[]) => messages.map(told);
