/** A conversation. */

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { type Block, propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { Frame, labelOf } from "../ui/frame";
import { isAtEnd } from "../ui/scroll";
import { CopyTool, writeClipboard } from "../ui/tool";
import type { ChatbotProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import type { Acts, GroupOptions } from "./chat/group";
import { toldOf } from "./chat/group";
import { type Group, grouped, kindOf, type Message, same, textOf, told } from "./chat/groups";
import { ChatTool, Glyph } from "./chat/icons";
import { PAGE_GROUPS, Page } from "./chat/page";
import { useAddress } from "./chat/parts";
import { Prose } from "./chat/prose";

interface Example {
  text?: string;
  display_text?: string;
  files?: FileData[];
  icon?: FileData;
}

const messagesOf = (props: ChatbotProps) => (props.value ?? []) as unknown as Message[];

/** The same object for as long as its content is the same. */
function useStable<T>(value: T): T {
  const ref = useRef(value);
  if (!same(ref.current, value)) ref.current = value;
  return ref.current;
}

/** Keeps the end in sight while the reader is there, and lets them be when they are not. */
function useEnd(messages: Message[], follows: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(follows);
  const top = useRef(0);
  const count = useRef(messages.length);
  const [isAway, setAway] = useState(false);
  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);
  useLayoutEffect(() => {
    const isNew = messages.length > count.current;
    count.current = messages.length;
    if (isNew && follows && messages.at(-1)?.role === "user") sticks.current = true;
    if (sticks.current && follows) toEnd();
  }, [messages, follows]);
  useEffect(() => {
    if (!content.current || !globalThis.ResizeObserver) return;
    const grown = new ResizeObserver(() => {
      if (sticks.current && follows) toEnd();
      else if (scroller.current) setAway(!isAtEnd(scroller.current));
    });
    grown.observe(content.current);
    return () => grown.disconnect();
  }, [follows]);
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const end = isAtEnd(element);
    if (end) sticks.current = true;
    else if (element.scrollTop < top.current - 1) sticks.current = false;
    top.current = element.scrollTop;
    setAway(!end && !sticks.current);
  };
  const backToEnd = () => {
    sticks.current = true;
    setAway(false);
    toEnd();
  };
  return { scroller, content, onScroll, isAway, backToEnd };
}

/** What a person does with messages, as edits and events of the block. */
function useActs(
  block: Block,
  setFeedback: (change: (known: Map<number, string>) => Map<number, string>) => void,
) {
  return useMemo<Acts>(() => {
    const messages = () => messagesOf(block.props.peek() as unknown as ChatbotProps);
    return {
      like(group, choice) {
        setFeedback((known) => new Map(known).set(group.first, choice));
        const liked = choice === "Like" ? true : choice === "Dislike" ? false : choice;
        block.trigger("like", { index: group.first, value: toldOf(group.messages), liked });
      },
      again(event) {
        const index = messages().findLastIndex(({ role }) => role === "user");
        const asked = messages()[index];
        if (asked) block.trigger(event, { index, value: told(asked) });
      },
      edit(texts) {
        const before = messages();
        const changed = [...texts].filter(([index, text]) => firstText(before[index]) !== text);
        if (changed.length === 0) return;
        block.edit({ value: before.map((message, index) => withText(message, texts.get(index))) });
        for (const [index, value] of changed) {
          block.trigger("edit", { index, value, previous_value: firstText(before[index]) });
        }
      },
      select: (index, message) => block.trigger("select", { index, value: told(message) }),
    };
  }, [block]);
}

function firstText(message: Message | undefined): string | undefined {
  const part = message?.content.find(({ type }) => type === "text");
  return part?.type === "text" ? part.text : undefined;
}

/** A message with another text in its first part of text. */
function withText(message: Message, text: string | undefined): Message {
  const at = message.content.findIndex(({ type }) => type === "text");
  if (text === undefined || at < 0) return message;
  return { ...message, content: message.content.with(at, { type: "text", text }) };
}

export function Chatbot({ block }: ViewProps) {
  const props = propsOf<ChatbotProps>(block);
  const messages = messagesOf(props);
  const before = useRef<Group[]>([]);
  const groups = useMemo(
    () => grouped(messages, props.group_consecutive_messages, before.current),
    [messages, props.group_consecutive_messages],
  );
  before.current = groups;
  const [feedback, setFeedback] = useState(new Map<number, string>());
  useEffect(() => setFeedback(new Map()), [useStable(props.feedback_value), messages.length === 0]);
  const act = useActs(block, setFeedback);
  const { scroller, content, onScroll, isAway, backToEnd } = useEnd(messages, props.autoscroll);
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  const listens = (event: string) => block.app.listens(block, event);
  const options = useStable<GroupOptions>({
    render_markdown: props.render_markdown,
    latex_delimiters: props.latex_delimiters as GroupOptions["latex_delimiters"],
    sanitize_html: props.sanitize_html,
    line_breaks: props.line_breaks,
    allow_tags: props.allow_tags,
    allow_file_downloads: props.allow_file_downloads,
    avatars: props.avatar_images as (FileData | null)[],
    canCopy: shows("copy"),
    watermark: props.watermark,
    editable: props.editable,
    canLike: listens("like") && props.feedback_options.length > 0,
    canLikeUser: props.like_user_message,
    feedback_options: props.feedback_options,
    canRetry: listens("retry"),
    canUndo: listens("undo"),
    canSelect: listens("select"),
  });
  const feedbackOf = useCallback(
    (group: Group) =>
      feedback.get(group.first) ??
      (group.side === "bot" ? (props.feedback_value?.[group.answers] ?? null) : null),
    [feedback, useStable(props.feedback_value)],
  );
  const pages = paged(groups);
  const last = messages.at(-1);
  const status = block.status.value;
  const isBusy = status !== null && status.state !== "failed";
  const isEmpty = messages.length === 0;
  const choices = last?.role === "assistant" ? (last.options ?? []) : [];
  const height = length(props.height);
  const conversation = () => messages.map((message) => `${message.role}: ${textOf(message)}`).join("\n\n");
  return (
    <Frame
      block={block}
      kind={`nb-chat-${props.layout ?? "bubble"}`}
      toolbar={
        !isEmpty && (
          <>
            {shows("share") && (props.buttons !== null || typeof navigator.share === "function") && (
              <ChatTool icon="share" name="Share" run={() => void share(block, conversation())} />
            )}
            <ChatTool
              icon="clear"
              name="Clear"
              run={() => {
                block.edit({ value: [] });
                block.trigger("clear");
              }}
            />
            {shows("copy_all") && <CopyTool text={conversation} copied={() => {}} name="Copy conversation" />}
          </>
        )
      }
    >
      <div
        ref={scroller}
        class={`nb-chat-scroll bubble-wrap ${props.resizable ? "nb-resizable" : ""}`}
        style={{
          ...(props.resizable ? { height } : { flexBasis: height ?? "auto" }),
          minHeight: length(props.min_height),
          maxHeight: length(props.max_height),
        }}
        dir={props.rtl ? "rtl" : undefined}
        role="log"
        aria-label="chatbot conversation"
        aria-busy={isBusy}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <div ref={content} class="nb-chat-content message-wrap">
          {isEmpty && (
            <Start
              block={block}
              props={props}
              options={options}
              examples={(props.examples ?? []) as Example[]}
            />
          )}
          {pages.map((page, index) => (
            <Page
              key={index}
              block={block}
              groups={page}
              options={options}
              isLast={index === pages.length - 1}
              isNear={props.autoscroll ? index >= pages.length - 2 : index < 2}
              scroller={() => scroller.current}
              feedback={feedbackOf}
              act={act}
            />
          ))}
          {isBusy && last?.role === "user" && (
            <div class="nb-chat-row message-row bot-row">
              <div class="nb-bubble message bot pending nb-typing" role="img" aria-label={t("Thinking")}>
                <i />
                <i />
                <i />
              </div>
            </div>
          )}
          {choices.length > 0 && (
            <div class="nb-chat-options options">
              {choices.map(({ value, label }, index) => (
                <button
                  key={index}
                  type="button"
                  class="nb-button option"
                  onClick={() => block.trigger("option_select", { index, value })}
                >
                  {label ?? value}
                </button>
              ))}
            </div>
          )}
        </div>
      </div>
      {isAway && (
        <button
          type="button"
          class="nb-to-end"
          aria-label={t("Scroll to bottom")}
          title={t("Scroll to bottom")}
          onClick={backToEnd}
        >
          <Glyph name="down" />
        </button>
      )}
    </Frame>
  );
}

function paged(groups: Group[]): Group[][] {
  const pages: Group[][] = [];
  for (let at = 0; at < groups.length; at += PAGE_GROUPS) pages.push(groups.slice(at, at + PAGE_GROUPS));
  return pages;
}

/** Hands the conversation to what the device shares with, or to the clipboard. */
async function share(block: Block, text: string): Promise<void> {
  try {
    if (typeof navigator.share === "function") await navigator.share({ title: labelOf(block), text });
    else {
      await writeClipboard(text);
      block.app.toast("info", "Copied", "This browser cannot share: the conversation is in the clipboard.");
    }
  } catch (error) {
    if ((error as Error).name !== "AbortError") {
      block.app.toast("error", "The conversation was not shared", (error as Error).message);
    }
  }
}

/** What stands there before the first message: a greeting, and messages to start with. */
function Start({ block, props, options, examples }: StartProps) {
  if (!props.placeholder && examples.length === 0) return null;
  return (
    <div class="nb-chat-start placeholder-content">
      {props.placeholder && (
        <div class="nb-chat-placeholder placeholder">
          <Prose source={props.placeholder} options={options} block={block} />
        </div>
      )}
      {examples.length > 0 && (
        <div class="nb-chat-examples examples">
          {examples.map((example, index) => (
            <ExampleButton key={index} block={block} example={example} index={index} />
          ))}
        </div>
      )}
    </div>
  );
}

interface StartProps {
  block: Block;
  props: ChatbotProps;
  options: GroupOptions;
  examples: Example[];
}

function ExampleButton({ block, example, index }: { block: Block; example: Example; index: number }) {
  const { text = "", display_text, files = [], icon } = example;
  const picture = useAddress(block, icon ?? files.find((file) => kindOf(file) === "image") ?? null);
  const words = display_text ?? text;
  const name = words || files.map(({ orig_name }) => orig_name).join(", ");
  return (
    <button
      type="button"
      class="nb-chat-example example"
      aria-label={`Select example ${index + 1}: ${name}`}
      onClick={() =>
        block.trigger("example_select", { index, value: files.length > 0 ? { text, files } : { text } })
      }
    >
      {picture && <img class={icon ? "nb-example-icon" : "nb-example-picture"} src={picture} alt="" />}
      {words && <span class="nb-example-text">{words}</span>}
      {!picture && files.length > 0 && (
        <span class="nb-example-files">
          <Glyph name="file" />
          {files.map(({ orig_name }) => orig_name).join(", ")}
        </span>
      )}
    </button>
  );
}
