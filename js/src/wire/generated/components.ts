// Made from the Python half by `make codegen`; never edited.

/** A picture and its marked parts. */
export interface AnnotatedImageJSON {
  image: FileJSON;
  annotations: Array<AnnotationJSON>;
}

/** One marked part: a picture as large as the whole, transparent elsewhere. */
export interface AnnotationJSON {
  image: FileJSON;
  label: string;
}

/** How the brush starts; a colour is CSS, or a pair of it and its opacity. */
export interface BrushJSON {
  default_size: number | "auto";
  colors: Array<string | Array<any>>;
  default_color: string | Array<any>;
  color_mode: "fixed" | "defaults";
}

/** A class and how sure it is, from 0 to 1, as it crosses. */
export interface ConfidenceJSON {
  label: string | number | null;
  confidence: number | null;
}

/** A text and when it is shown, in seconds. */
export interface Cue {
  start: number;
  end: number;
  text: string;
}

/** An edited picture as it crosses: what is under the layers, the layers from below, all of it as one. */
export interface EditorJSON {
  background?: FileJSON | null;
  layers?: Array<FileJSON>;
  composite?: FileJSON | null;
  id?: string | null;
}

/** How the eraser starts. */
export interface EraserJSON {
  default_size: number | "auto";
}

/** A file as it crosses; `path` is an opaque token. */
export interface FileJSON {
  path?: string | null;
  url?: string | null;
  size?: number | null;
  orig_name?: string | null;
  mime_type?: string | null;
  is_stream?: boolean;
  meta?: Record<string, any>;
}

/** A picture or a film, and its caption. */
export interface GalleryItemJSON {
  image?: FileJSON;
  video?: FileJSON;
  caption?: string | null;
}

/** A label, or the likeliest of several with all of them, as it crosses. */
export interface LabelJSON {
  label?: string | number | null;
  confidences?: Array<ConfidenceJSON> | null;
}

/** What stands left and right of a formula, and whether it has a line of its own. */
export interface LatexDelimiter {
  left: string;
  right: string;
  display: boolean;
}

/** Which layers there are. */
export interface LayerOptionsJSON {
  allow_additional_layers: boolean;
  layers: Array<string>;
  disabled: boolean;
}

/** A message as it crosses; a part of its content is text, a file or a component. */
export interface MessageJSON {
  role?: string;
  metadata?: Record<string, any> | null;
  content?: Array<Record<string, any>>;
  options?: Array<Record<string, any>> | null;
}

/** Text and files, as they cross. */
export interface MultimodalJSON {
  text?: string;
  files?: Array<FileJSON>;
}

/** Rows of a data frame; `datatypes` are quantitative, nominal or temporal. */
export interface NativePlotJSON {
  columns?: Array<string>;
  data?: Array<Array<any>>;
  datatypes?: Record<string, string>;
  mark?: string;
  whole?: string;
}

/** A figure: `type` is its library, or "html"; `plot` JSON, HTML, or a data URL of a picture. */
export interface PlotJSON {
  type: string;
  plot: string;
}

/** A table as it crosses: all of a small one; of a large one the beginning, and a name to ask for the rest. */
export interface TableJSON {
  headers?: Array<any>;
  data?: Array<Array<any>>;
  metadata?: Record<string, any> | null;
  rows?: number;
  table?: string;
  applied?: number;
  kinds?: Array<string>;
  since?: number;
  ops?: Array<Array<any>>;
}

/** A stretch of text and its mark, as it crosses. */
export interface TokenJSON {
  token: string;
  class_or_confidence: string | number | null;
}

/** How the waveform of a sound is drawn, and played. */
export interface WaveformOptionsJSON {
  waveform_color: string | null;
  waveform_progress_color: string | null;
  trim_region_color: string | null;
  show_recording_waveform: boolean;
  skip_length: number;
  sample_rate: number;
}

/** How a webcam is used; `constraints` are those of `getUserMedia`. */
export interface WebcamOptionsJSON {
  mirror: boolean;
  constraints: Record<string, any> | null;
}

/** Which widget, and the present value of its trait where that is plain data. */
export interface WidgetData {
  model: string;
  data: any;
}

/** Children under a heading that folds them away. */
export interface AccordionProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** The heading. */
  label: string | null;
  /** Whether the children are shown at first. */
  open: boolean;
  /** In pixels, or any CSS length; what is higher scrolls. */
  height: number | string | null;
  /** In pixels, or any CSS length; what is higher scrolls. */
  max_height: number | string | null;
}

/** A picture with marked parts, by boxes or masks, each with a label. */
export interface AnnotatedImageProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** The picture is an ndarray, a PIL image, a path or a URL. A box is (x1, y1, x2, y2) in its pixels, a mask a float array of its height and width, from 0 to 1. A function is called once per page load. */
  value: AnnotatedImageJSON | null;
  /** Whether the labels stand under the picture; pointing at one shows its parts alone. */
  show_legend: boolean;
  /** In pixels, or any CSS length; the picture keeps its proportions. */
  height: number | string | null;
  /** In pixels, or any CSS length; the picture keeps its proportions. */
  width: number | string | null;
  /** Colours by label, such as "#00aaff"; others are given colours in turn. */
  color_map: Record<string, string> | null;
  /** Buttons in its corner: "fullscreen", or buttons of your own; None: the named one. */
  buttons: Array<string> | null;
}

/** A sound, shown or given by upload or microphone. */
export interface AudioProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** First sound: samples per second and an array of shape (samples,) or (samples, channels), of int16, or of other numbers, which are converted; a file, or a URL. A function is called once per page load. */
  value: FileJSON | null;
  /** From where a sound may come: "upload", "microphone"; None: from both, or of a streaming one from the microphone. */
  sources: Array<"upload" | "microphone">;
  /** As an input: whether the microphone's sound comes piece by piece, to the `stream` event. As an output: whether what a generator yields is played one after the other. */
  streaming: boolean;
  /** Whether it plays when it comes; browsers ask that the person has used the page before. */
  autoplay: boolean;
  /** Whether a person can trim it, where it is interactive. */
  editable: boolean;
  /** Buttons in its corner: "download", "share", or buttons of your own; None: all of the named. */
  buttons: Array<string> | null;
  /** How it is drawn. */
  waveform_options: WaveformOptionsJSON;
  /** Whether it starts again at its end. */
  loop: boolean;
  /** Whether the microphone records. */
  recording: boolean;
  /** Texts shown while it plays: a file (.srt, .vtt, .json), or `[{"text": …, "timestamp": [start, end]}]`, in seconds. */
  subtitles: Array<Cue> | null;
  /** Where it plays, in seconds. */
  playback_position: number;
}

/** A value that stays in the browser, also after the page is closed; anything that JSON can carry. */
export interface BrowserStateProps {
  /** What it is where the browser holds none. */
  default_value: any;
  /** Its name in the browser's storage; None: a random one, so that it ends with this process. */
  storage_key: string | null;
  /** Encrypts it there; None: a random one, so that it ends with this process. */
  secret: string | null;
  value: any;
}

/** A button that runs something. */
export interface ButtonProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Its caption. */
  value: string | null;
  /** How much it stands out. */
  variant: "primary" | "secondary" | "stop" | "huggingface";
  /** Its height. */
  size: "sm" | "md" | "lg";
  /** Picture before the caption: a file or a URL. */
  icon: Record<string, any> | null;
  /** Address to open when pressed. */
  link: string | null;
  /** Where the address opens. */
  link_target: "_self" | "_blank" | "_parent" | "_top";
  /** Whether it can be pressed. */
  interactive: boolean;
}

/** A conversation: messages of a user and of an assistant, with files, components, thoughts and options in them. */
export interface ChatbotProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** The first messages. A function is called once per page load. */
  value: Array<MessageJSON>;
  /** Whether it follows new text, as long as the reader is at its end. */
  autoscroll: boolean;
  /** In pixels, or any CSS length; what is higher scrolls. */
  height: number | string | null;
  /** Whether a person can drag its lower edge. */
  resizable: boolean;
  /** In pixels, or any CSS length; what is higher scrolls. */
  max_height: number | string | null;
  /** In pixels, or any CSS length; what is higher scrolls. */
  min_height: number | string | null;
  /** Which messages a person can edit; None: none. */
  editable: "user" | "all" | null;
  /** `{"left", "right", "display"}` of formulas; None: `$$` on both sides. */
  latex_delimiters: Array<Record<string, any>>;
  /** Whether its text runs from right to left. */
  rtl: boolean;
  /** "copy" of a message, "copy_all" of the conversation, "share", or buttons of your own. None: the named ones, but "share" only where the browser can share. */
  buttons: Array<string> | null;
  /** Added to text that is copied, after an empty line. */
  watermark: string | null;
  /** Pictures beside the messages of each: files or URLs, or None. */
  avatar_images: Array<FileJSON | null>;
  /** Whether HTML in messages is made harmless. */
  sanitize_html: boolean;
  /** Whether messages are Markdown; False: shown as they are written. */
  render_markdown: boolean;
  /** What a person can say of a message; "Like" and "Dislike" are thumbs, others stand in a menu. They are there once something listens to `like`. */
  feedback_options: Array<string>;
  /** What was said of each of the assistant's messages, in their order. */
  feedback_value: Array<string | null> | null;
  /** Whether a line end in a message is one on the page. */
  line_breaks: boolean;
  /** Speech bubbles, or full-width panels; None: bubbles. */
  layout: "panel" | "bubble" | null;
  /** Markdown or HTML that is shown while there are no messages. */
  placeholder: string | null;
  /** Messages to start with, shown while there are none: see `ExampleMessage`. */
  examples: Array<Record<string, any>> | null;
  /** Whether files in messages can be downloaded. */
  allow_file_downloads: boolean;
  /** Whether messages of the same side share one bubble. */
  group_consecutive_messages: boolean;
  /** Which HTML-like tags outside of Markdown's own stand in messages as HTML: all, or those named; False: none, they are shown as text. */
  allow_tags: boolean | Array<string>;
  /** Whether a person can give feedback on the user's messages as well. */
  like_user_message: boolean;
}

/** A box to tick. */
export interface CheckboxProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text beside it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** Whether it is ticked at first; a function is called once per page load. */
  value: boolean;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** Several of several choices, all in view. */
export interface CheckboxGroupProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** What there is to choose; of a pair, the name is shown. */
  choices: Array<[string, string | number | boolean]>;
  /** The choices at first. A function is called once per page load. */
  value: Array<string | number | boolean>;
  /** Whether a box that ticks all of them stands beside its label. */
  show_select_all: boolean;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** A button that clears components: a `State` gets its first value again, any other one None. */
export interface ClearButtonProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Its caption. */
  value: string | null;
  /** How much it stands out. */
  variant: "primary" | "secondary" | "stop" | "huggingface";
  /** Its height. */
  size: "sm" | "md" | "lg";
  /** Picture before the caption: a file or a URL. */
  icon: Record<string, any> | null;
  /** Address to open when pressed. */
  link: string | null;
  /** Where the address opens. */
  link_target: "_self" | "_blank" | "_parent" | "_top";
  /** Whether it can be pressed. */
  interactive: boolean;
}

/** A code editor, with the colours of its language. */
export interface CodeProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** First text; a function is called once per page load. */
  value: string | null;
  /** "python", "c", "cpp", "markdown", "latex", "json", "html", "css", "javascript", "jinja2", "typescript", "yaml", "dockerfile", "shell", "r", "sql" or one of its dialects such as "sql-sqlite"; None: plain text. */
  language: string | null;
  /** Height at least, in lines. */
  lines: number;
  /** Lines up to which it grows with its text; None: without end. */
  max_lines: number | null;
  /** Whether long lines are wrapped. */
  wrap_lines: boolean;
  /** Whether lines are numbered. */
  show_line_numbers: boolean;
  /** Whether it offers completions while one types. */
  autocomplete: boolean;
  /** Buttons in its corner: "copy", "download", or buttons of your own; None: both of the named. */
  buttons: Array<string> | null;
}

/** A colour, as CSS writes it. */
export interface ColorPickerProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** First colour, such as "#ff8000"; a function is called once per page load. */
  value: string | null;
}

/** Children below each other. */
export interface ColumnProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row. */
  scale: number;
  /** Pixels below which it moves to the next line. */
  min_width: number;
  /** "panel": on a surface of its own; "compact": without gaps. */
  variant: "default" | "panel" | "compact";
  /** Whether progress shows on it while it is an output, or the place of a `gr.render`. */
  show_progress: boolean;
}

/** A table, to be looked at, ordered, searched and edited. */
export interface DataframeProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** First table: a frame of pandas, polars, pyarrow or any library that narwhals knows, a relation of DuckDB, a Styler of pandas, an array, a list of rows or of values, a dict of `headers`, `data` and `metadata`, or the path of a CSV file. A function is called once per page load. */
  value: TableJSON;
  /** Names of the columns where the value has none; None: numbers. */
  headers: Array<any>;
  /** Rows of an empty table to begin with; as (number, "fixed") the user can neither add nor delete any. */
  row_count: [number, string];
  /** Least and most rows that the user can make of it. */
  row_limits: [number | null, number | null] | null;
  /** Columns of an empty table; as (number, "fixed") the user can neither add nor delete any. None: as many as `headers`, or 3. */
  column_count: [number, string];
  /** Least and most columns that the user can make of it. */
  column_limits: [number | null, number | null] | null;
  /** What the columns hold, all or each: "str", "number", "bool", "date", "markdown", "html", "image"; "auto": as the value's own types say. */
  datatype: string | Array<string>;
  /** What encloses formulas in columns of Markdown; None: `$$`. */
  latex_delimiters: Array<LatexDelimiter>;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** In pixels, or any CSS length; what is longer scrolls. */
  max_height: number | string;
  /** Whether a person can edit it. None: unless it is only an output. */
  interactive: boolean;
  /** Whether long text goes over several lines. */
  wrap: boolean;
  /** Whether each line break counts in columns of Markdown. */
  line_breaks: boolean;
  /** Of each column: pixels, "100px", "20%" or "auto". */
  column_widths: Array<string>;
  /** Buttons in its corner: "copy", "fullscreen", "download", or buttons of your own; None: all of the named. */
  buttons: Array<string> | null;
  /** Whether a column in front numbers the rows. */
  show_row_numbers: boolean;
  /** Most characters of a cell that are shown; all of them once it is pressed. */
  max_chars: number | null;
  /** Whether there is a field to search in it, and filters for the columns. */
  show_search: "none" | "search" | "filter";
  /** How many columns from the left stay in sight. */
  pinned_columns: number | null;
  /** Columns that cannot be edited; with any, none can be added or deleted. */
  static_columns: Array<number>;
}

/** Samples to choose from, as a table or a gallery: to click one gives it to a handler. */
export interface DatasetProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** What stands above; None: "Examples". */
  label: string | null;
  /** Whether that is shown. */
  show_label: boolean;
  /** One for each value of a sample: it is shown as that component shows an example. */
  components: Array<string>;
  /** For each, parameters that its cells are shown by; None: those of the components. */
  component_props: Array<Record<string, any>>;
  /** The samples, each a list of values. */
  samples: Array<Array<any>>;
  /** Heading of each column; None: the components' labels. */
  headers: Array<string>;
  /** None: a gallery when samples have one value, else a table. */
  layout: "gallery" | "table" | null;
  /** How many are shown at a time. */
  samples_per_page: number;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Share of the width among the children of a Row. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Shown in place of each sample. */
  sample_labels: Array<string> | null;
  value: number | null;
}

/** A date, with the time of day or without, typed or picked. */
export interface DateTimeProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** Seconds since 1970, a datetime, or text: "2030-12-31 23:59:00", "2030-12-31" without time, "now", or "now - 5m" (units s, m, h, d). A function is called once per page load. */
  value: string | null;
  /** Whether the time of day is part of it. */
  include_time: boolean;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** A button that copies a link to the app as it is now: whoever opens the link finds these values. */
export interface DeepLinkButtonProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Its caption. */
  value: string | null;
  /** How much it stands out. */
  variant: "primary" | "secondary" | "stop" | "huggingface";
  /** Its height. */
  size: "sm" | "md" | "lg";
  /** Picture before the caption: a file or a URL. */
  icon: Record<string, any> | null;
  /** Address to open when pressed. */
  link: string | null;
  /** Where the address opens. */
  link_target: "_self" | "_blank" | "_parent" | "_top";
  /** Whether it can be pressed. */
  interactive: boolean;
  /** Its caption for a moment after the link was copied. */
  copied_value: string;
}

/** Lines that speakers say, or a text in which tags are completed. */
export interface DialogueProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** Lines `{"speaker": …, "text": …}`, or the whole as text. */
  value: Array<Record<string, string>> | string | null;
  /** Who may speak; none: it is a text field with tags. */
  speakers: Array<string> | null;
  /** Words that a menu offers after a colon. */
  tags: Array<string> | null;
  /** Between the lines of the text. */
  separator: string;
  /** The colour of each speaker. */
  color_map: Record<string, string> | null;
  /** Shown while it is empty. */
  placeholder: string | null;
  /** Whether it has the keyboard when the page opens. */
  autofocus: boolean;
  /** Whether it scrolls to its end when its value changes. */
  autoscroll: boolean;
  /** Most lines that a person can add. */
  max_lines: number | null;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
  /** A button that submits; a text is its caption. */
  submit_btn: string | boolean | null;
  /** Whether it is edited line by line, as one text, or either way. */
  ui_mode: "dialogue" | "text" | "both";
}

/** A button that gives a file to download. */
export interface DownloadButtonProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Its caption. */
  label: string | null;
  /** The file: a path or a URL. A function is called once per page load. */
  value: FileJSON | null;
  /** How much it stands out. */
  variant: "primary" | "secondary" | "stop" | "huggingface";
  /** Its height. */
  size: "sm" | "md" | "lg";
  /** Picture before the caption: a file or a URL. */
  icon: Record<string, any> | null;
  /** Whether it can be pressed. */
  interactive: boolean;
}

/** Children that a user can put in another order, by pointer or keyboard. */
export interface DraggableProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Whether they stand side by side or below each other. */
  orientation: "row" | "column";
}

/** One or several of many choices, in a list to search. */
export interface DropdownProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** What there is to choose; of a pair, the name is shown. */
  choices: Array<[string, string | number | boolean]>;
  /** The choice at first. Not given: the first one, or none with `multiselect`; None: none. A function is called once per page load. */
  value: string | number | boolean | Array<string | number | boolean> | null;
  /** Whether several can be chosen, as a list; None: no. */
  multiselect: boolean;
  /** Whether other text can be entered. */
  allow_custom_value: boolean;
  /** Most that can be chosen, with `multiselect`. */
  max_choices: number | null;
  /** How many stand in the list before it is scrolled. */
  num_choices_shown: number;
  /** Whether typing narrows the list. */
  filterable: boolean;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** Files: given by dropping, choosing or pasting them, or shown with their sizes to download. */
export interface FileProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** First file or files: paths or URLs. A function is called once per page load. */
  value: FileJSON | Array<FileJSON> | null;
  /** How many a user can give; "directory": all files of a folder. A handler gets a list unless it is one. */
  file_count: "single" | "multiple" | "directory";
  /** Kinds that are taken: endings such as ".pdf", or "image", "video", "audio", "text", "file"; None: all. */
  file_types: Array<string> | null;
  /** Height of the list, in pixels or any CSS length; more files scroll. */
  height: number | string | null;
  /** Whether a user can change the order of several files, by dragging or by keyboard. */
  allow_reordering: boolean;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** Files of this machine, as a tree to choose from; folders are read when they are opened. */
export interface FileExplorerProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** Which files there are to choose, as a pattern of their path: `*` stands for any text, "/" among it. */
  glob: string;
  /** What is chosen at first: paths, absolute or from `root_dir`. A function is called once per page load. */
  value: Array<Array<string>> | null;
  /** Whether one can be chosen, or several. A handler gets a path, or a list of paths. */
  file_count: "single" | "multiple";
  /** Folder out of which nothing is shown or taken, not by ".." nor by a link. */
  root_dir: string;
  /** Which files and folders are left out, as a pattern of their path. */
  ignore_glob: string | null;
  /** In pixels or any CSS length; more lines scroll. */
  height: number | string | null;
  /** In pixels or any CSS length; more lines scroll. */
  max_height: number | string | null;
  /** In pixels or any CSS length; more lines scroll. */
  min_height: number | string | null;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** Pictures and films in a grid, each of them to be seen large. */
export interface GalleryProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** What is there at first. A function is called once per page load. */
  value: Array<GalleryItemJSON> | null;
  /** Kinds that a user can give: endings such as ".png", or "image", "video"; None: any picture or film. */
  file_types: Array<string> | null;
  /** How many stand in a row. */
  columns: number | null;
  /** How many rows are seen; more scroll. None: as many as there are. */
  rows: number | null;
  /** Height in pixels or any CSS length; more rows scroll. */
  height: number | string | null;
  /** Whether one of them is shown large when it is pressed. */
  allow_preview: boolean;
  /** Whether it starts with one shown large. */
  preview: boolean | null;
  /** Which one is chosen, from 0; None: none. */
  selected_index: number | null;
  /** How a picture fills its place in the grid, as in CSS. */
  object_fit: "contain" | "cover" | "fill" | "none" | "scale-down" | null;
  /** Buttons in its corner: "share", "download", "download_all", "fullscreen", or buttons of your own; None: all of the named. */
  buttons: Array<string> | null;
  /** Whether few pictures fill the width, instead of leaving columns empty. */
  fit_columns: boolean;
  /** From where a user may give pictures: "upload", "webcam", "clipboard"; None: upload. */
  sources: Array<"upload" | "webcam" | "clipboard">;
}

/** Children below each other on one surface, without gaps between them. */
export interface GroupProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
}

/** Text with marked stretches, each of a class, or of a score from -1 to 1. */
export interface HighlightedTextProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** `[(text, class or score or None), …]`, or `{"text": …, "entities": [{"entity", "start", "end"}, …]}`. A function is called once per page load. */
  value: Array<TokenJSON> | null;
  /** Colours of classes, as CSS writes them. */
  color_map: Record<string, string>;
  /** Whether the classes stand above the text. */
  show_legend: boolean;
  /** Whether each stretch carries its class. */
  show_inline_category: boolean;
  /** Whether white space is kept as it is. */
  show_whitespaces: boolean;
  /** Whether its text runs from right to left. */
  rtl: boolean;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** HTML of one's own: a value, put into a template, with styles and a script. */
export interface HTMLProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** What `${value}` stands for in the template; text is HTML. Scripts in it do not run. */
  value: any;
  /** Text above it. */
  label: string | null;
  /** `${…}` holds a JavaScript expression, `{{…}}` a Handlebars one; both see `value` and the properties. */
  html_template: string;
  /** Styles of this component alone, a template as well; rules outside of braces are those of its own element. */
  css_template: string;
  /** Body of a function that runs once it is shown, with `element`, `props`, `trigger(event, data)`, `server`, `upload(file)` and `watch(names, callback)`, which calls back when a handler has changed one of these properties. Any event name in quotes here can be listened to. */
  js_on_load: string | null;
  /** Whether the app's own text styles hold in it. */
  apply_default_css: boolean;
  /** Whether its label is shown. */
  show_label: boolean;
  /** In pixels, or any CSS length; what is higher scrolls. */
  min_height: number | string | null;
  /** In pixels, or any CSS length; what is higher scrolls. */
  max_height: number | string | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether it keeps a distance from its edge. */
  padding: boolean;
  /** Whether it scrolls to its end when it changes. */
  autoscroll: boolean;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
  /** HTML for the page's head, such as `<script src=…>`; loaded before `js_on_load` runs. */
  head: string | null;
  /** Functions that the script calls as `await server.name(…)`. */
  server_functions: Array<string>;
  /** All further keywords. */
  props: Record<string, any>;
}

/** A picture, shown or given by upload, webcam or clipboard. */
export interface ImageProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** First picture: an array of shape (height, width) or (height, width, channels), uint8, or float from 0 to 1; a PIL image; a file, or a URL. A function is called once per page load. */
  value: FileJSON | null;
  /** In pixels, or any CSS length; the picture keeps its proportions. */
  height: number | string | null;
  /** In pixels, or any CSS length; the picture keeps its proportions. */
  width: number | string | null;
  /** From where a picture may come: "upload", "webcam", "clipboard"; None: from all, or of a streaming one from the webcam. */
  sources: Array<"upload" | "webcam" | "clipboard">;
  /** Buttons in its corner: "download", "share", "fullscreen", or buttons of your own; None: all of the named. */
  buttons: Array<string> | null;
  /** Whether the webcam's pictures come one after the other, to the `stream` event. */
  streaming: boolean;
  /** How the webcam is used. */
  webcam_options: WebcamOptionsJSON;
  /** Shown where a picture can be dropped; may hold Markdown. */
  placeholder: string | null;
  /** What it shows, in words, for those who do not see it. */
  alt_text: string | null;
}

/** A picture to draw on, in layers, to crop and to resize. */
export interface ImageEditorProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** First picture; a dict has its "background", "layers" and "composite". A function is called once per page load. */
  value: EditorJSON | null;
  /** Of the whole component, in pixels or any CSS length; the picture is shown smaller to fit. */
  height: number | string | null;
  /** Of the whole component, in pixels or any CSS length; the picture is shown smaller to fit. */
  width: number | string | null;
  /** From where a picture may come: "upload", "webcam", "clipboard". */
  sources: Array<"upload" | "webcam" | "clipboard">;
  /** Buttons in its corner: "download", "share", "fullscreen", or buttons of your own; None: all of the named. */
  buttons: Array<string> | null;
  /** Shown where there is no picture yet, with how to begin; may hold Markdown. */
  placeholder: string | null;
  /** What can be done to the whole: "crop", "resize". */
  transforms: Array<"crop" | "resize">;
  /** How the eraser starts; False: there is none. */
  eraser: EraserJSON | false;
  /** How the brush starts; False: there is none. */
  brush: BrushJSON | false;
  /** Which layers there are; False: one, and nothing is shown of it. */
  layers: LayerOptionsJSON;
  /** Width and height in pixels of a new drawing. */
  canvas_size: [number, number];
  /** Whether a picture is made smaller to fit `canvas_size`; False: the drawing takes its size. */
  fixed_canvas: boolean;
  /** How the webcam is used. */
  webcam_options: WebcamOptionsJSON;
}

/** Two pictures on top of each other, with a line between them to drag. */
export interface ImageSliderProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** The pictures at first, the left one and the right one. A function is called once per page load. */
  value: [FileJSON | null, FileJSON | null] | null;
  /** In pixels, or any CSS length; the pictures keep their proportions. */
  height: number | string | null;
  /** In pixels, or any CSS length; the pictures keep their proportions. */
  width: number | string | null;
  /** Buttons in its corner: "download", "fullscreen", or buttons of your own; None: the named. */
  buttons: Array<string> | null;
  /** Where the line stands at first, in per cent from the left. */
  slider_position: number;
  /** Pixels up to which it grows. */
  max_height: number;
}

/** A tree of JSON, to be folded and unfolded. */
export interface JSONProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** What is shown first; text is read as JSON. A function is called once per page load. */
  value: any;
  /** Whether all of it is unfolded at first. */
  open: boolean;
  /** Whether items of lists are numbered. */
  show_indices: boolean;
  /** In pixels, or any CSS length; what is longer scrolls. */
  height: number | string | null;
  /** In pixels, or any CSS length; what is longer scrolls. */
  max_height: number | string | null;
  /** In pixels, or any CSS length; what is longer scrolls. */
  min_height: number | string | null;
  /** Buttons in its corner: "copy", or buttons of your own; None: "copy". */
  buttons: Array<string> | null;
}

/** A label, or the likeliest classes with a bar each. */
export interface LabelProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** `{class: confidence from 0 to 1}`, or one label, or the path of a JSON file that holds such a dict. A function is called once per page load. */
  value: LabelJSON;
  /** How many are shown; None: all. */
  num_top_classes: number | null;
  /** Background of the label, as CSS writes it. */
  color: string | null;
  /** Whether the likeliest stands above the bars as well. */
  show_heading: boolean;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** A button that shows who logged in by `launch(auth=…)`, and logs them out. */
export interface LoginButtonProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Its caption while nobody is logged in. */
  value: string | null;
  /** How much it stands out. */
  variant: "primary" | "secondary" | "stop" | "huggingface";
  /** Its height. */
  size: "sm" | "md" | "lg";
  /** Picture before the caption: a file or a URL. */
  icon: Record<string, any> | null;
  /** Address to open when pressed. */
  link: string | null;
  /** Where the address opens. */
  link_target: "_self" | "_blank" | "_parent" | "_top";
  /** Whether it can be pressed. */
  interactive: boolean;
  /** Its caption for who is logged in; `{}` stands for the name. */
  logout_value: string;
}

/** Formatted text, written in GitHub's Markdown. */
export interface MarkdownProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** The source; common indentation is cut. */
  value: string | null;
  /** Whether its text runs from right to left. */
  rtl: boolean;
  /** `{"left", "right", "display"}` of each kind of formula; None: `$$ … $$`, in a line of its own. */
  latex_delimiters: Array<Record<string, any>>;
  /** Whether scripts and the like are taken out of HTML in it. */
  sanitize_html: boolean;
  /** Whether one line end makes a new line. */
  line_breaks: boolean;
  /** Whether headings get a link to themselves. */
  header_links: boolean;
  /** In pixels, or any CSS length; what is longer scrolls. */
  height: number | string | null;
  /** In pixels, or any CSS length; what is longer scrolls. */
  max_height: number | string | null;
  /** In pixels, or any CSS length; what is longer scrolls. */
  min_height: number | string | null;
  /** Buttons in its corner: "copy", or buttons of your own. */
  buttons: Array<string> | null;
  /** Whether it keeps a distance from its edge. */
  padding: boolean;
}

/** A 3D model, shown or given by upload. */
export interface Model3DProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** First model: a file, or a URL, that ends in .glb, .gltf, .obj, .stl, .ply or .splat. A function is called once per page load. */
  value: FileJSON | null;
  /** How it is drawn; None: solid, or as points where it has no faces. Splats are always drawn as such. */
  display_mode: "solid" | "point_cloud" | "wireframe" | null;
  /** Red, green, blue and alpha of the background, each from 0 to 1; None: that of the page. */
  clear_color: Array<number>;
  /** Two angles in degrees, round the vertical axis and down from it, and the distance from the model's middle; None, each: what shows the whole model. */
  camera_position: Array<number | null>;
  /** How fast the wheel, and dragging with the right button, move the camera. */
  zoom_speed: number;
  /** How fast the wheel, and dragging with the right button, move the camera. */
  pan_speed: number;
  /** In pixels, or any CSS length. */
  height: number | string | null;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** A field for text and files, as one message. */
export interface MultimodalTextboxProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** `{"text", "files"}` at first, with paths or URLs of files; or the text. A function is called once per page load. */
  value: MultimodalJSON | null;
  /** From where files may come: "upload", "microphone"; None: from an upload. */
  sources: Array<"upload" | "microphone">;
  /** Suffixes (".pdf"), or kinds: "image", "video", "audio", "text", "file". None: any. */
  file_types: Array<string> | null;
  /** How many files can be chosen at once; several can be added one after the other in any case. */
  file_count: "single" | "multiple" | "directory";
  /** Height, in lines. */
  lines: number;
  /** Lines up to which it grows with its text. */
  max_lines: number;
  /** Shown while it is empty. */
  placeholder: string | null;
  /** Whether it takes the keyboard when the page opens. */
  autofocus: boolean;
  /** Whether it scrolls to its end when the text changes. */
  autoscroll: boolean;
  /** None: left, or right when `rtl`. */
  text_align: "left" | "right" | null;
  /** Whether its text runs from right to left. */
  rtl: boolean;
  /** Whether a button that submits stands in it; a text is its caption. */
  submit_btn: string | boolean | null;
  /** Whether a button that stops stands in it; a text is its caption. */
  stop_btn: string | boolean | null;
  /** Most characters that are pasted as text; longer ones become a file. */
  max_plain_text_length: number;
  /** Further attributes of the field, such as `spellcheck`. */
  html_attributes: Record<string, any>;
}

/** A chart from a data frame. */
export interface NativePlotProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** First data. A function is called once per page load. */
  value: NativePlotJSON | null;
  /** Columns of the two axes; `y` holds numbers. */
  x: string | null;
  /** Columns of the two axes; `y` holds numbers. */
  y: string | null;
  /** Column whose values are told apart by colour. */
  color: string | null;
  /** Texts at the chart, its axes and its legend; None: for axes and legend the columns' names. */
  title: string | null;
  /** Texts at the chart, its axes and its legend; None: for axes and legend the columns' names. */
  x_title: string | null;
  /** Texts at the chart, its axes and its legend; None: for axes and legend the columns' names. */
  y_title: string | null;
  /** Texts at the chart, its axes and its legend; None: for axes and legend the columns' names. */
  color_title: string | null;
  /** Width of the groups of x: a number, or for dates such as "10m", "1h", "1d" (s, m, h, d). */
  x_bin: string | number | null;
  /** What is shown of the rows of one group, or of one name on the x axis; None: with groups their sum. */
  y_aggregate: "sum" | "mean" | "median" | "min" | "max" | "count" | null;
  /** CSS colours by value of `color`. */
  color_map: Record<string, string> | null;
  /** The values of `color` that the legend shows; None: all. */
  colors_in_legend: Array<string> | null;
  /** Least and most of an axis, None each for that of the data; for dates in seconds since 1970, or dates. */
  x_lim: Array<any> | null;
  /** Least and most of an axis, None each for that of the data; for dates in seconds since 1970, or dates. */
  y_lim: Array<any> | null;
  /** Degrees by which labels of the axis are turned, clockwise. */
  x_label_angle: number;
  /** Degrees by which labels of the axis are turned, clockwise. */
  y_label_angle: number;
  /** How numbers stand at an axis: https://d3js.org/d3-format */
  x_axis_format: string | null;
  /** How numbers stand at an axis: https://d3js.org/d3-format */
  y_axis_format: string | null;
  /** Whether the x axis has labels; "hidden": their place stays empty. */
  x_axis_labels_visible: boolean | "hidden";
  /** A line under the chart. */
  caption: string | null;
  /** Order of names on the x axis. */
  sort: string | Array<string> | null;
  /** Columns shown of what is pointed at: those of the axes, none, all, or the listed as well. */
  tooltip: string | Array<string>;
  /** In pixels. */
  height: number | string | null;
  /** Buttons in its corner: "fullscreen", "export", or buttons of your own; None: none. */
  buttons: Array<string> | null;
  mark: string;
}

/** What the links between the pages of an app show; the first one on a page counts. */
export interface NavbarProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Further links: a name, and a path of this app or a whole URL. */
  value: Array<Array<string>> | boolean | null;
  /** What the first page is called; False: it has no link. */
  main_page_name: string | boolean;
}

/** A field for a number. */
export interface NumberProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** First number; a function is called once per page load. */
  value: number | null;
  /** Shown while it is empty. */
  placeholder: string | null;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
  /** Decimal places to which it is rounded; 0 gives an int; None: not rounded. */
  precision: number | null;
  /** Bounds, both included; a number outside of them is refused. */
  minimum: number | null;
  /** Bounds, both included; a number outside of them is refused. */
  maximum: number | null;
  /** By how much the arrow keys change it. */
  step: number;
}

/** Names, types, defaults and descriptions of parameters; each can be unfolded. */
export interface ParamViewerProps {
  /** For each parameter's name a dict of `type`, `description`, `default`; in a description links may be Markdown. */
  value: Record<string, any> | null;
  /** How types and defaults are coloured. */
  language: "python" | "typescript";
  /** Words in types that link to the parameter of that name. */
  linkify: Array<string> | null;
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above, beside a button that unfolds all; None: neither. */
  header: string | null;
  /** Whether each parameter has an address of its own; a text is put before its name there. */
  anchor_links: boolean | string;
  /** In pixels, or any CSS length; what is higher scrolls. */
  max_height: number | string | null;
}

/** A figure of Matplotlib, seaborn, Plotly, Altair, Bokeh, or of any library that notebooks can show. */
export interface PlotProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** The first figure. A function is called once per page load. */
  value: PlotJSON | null;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** One of several choices, all in view. */
export interface RadioProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** What there is to choose; of a pair, the name is shown. */
  choices: Array<[string, string | number | boolean]>;
  /** The choice at first; None: none. A function is called once per page load. */
  value: string | number | boolean | null;
  /** Whether its text runs from right to left. */
  rtl: boolean;
  /** Buttons in its corner. */
  buttons: Array<string> | null;
}

/** Children side by side; they wrap when they would be narrower than their `min_width`. */
export interface RowProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** "panel": on a surface of its own; "compact": without gaps. */
  variant: "default" | "panel" | "compact";
  /** Share of the height or width in its parent. */
  scale: number | null;
  /** In pixels, or any CSS length; what is higher scrolls. */
  height: number | string | null;
  /** In pixels, or any CSS length; what is higher scrolls. */
  max_height: number | string | null;
  /** In pixels, or any CSS length; what is higher scrolls. */
  min_height: number | string | null;
  /** Whether all children are as high as the highest. */
  equal_height: boolean;
  /** Whether progress shows on it while it is an output, or the place of a `gr.render`. */
  show_progress: boolean;
}

/** Children that stand beside the rest of the app, and slide out of sight. */
export interface SidebarProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** What it is called to a screen reader. */
  label: string | null;
  /** Whether it is in sight at first. */
  open: boolean;
  /** In pixels, or any CSS length. */
  width: number | string;
  /** The side on which it stands. */
  position: "left" | "right";
}

/** A picture by its file: it is neither read nor changed on its way to a handler and back. */
export interface SimpleImageProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** First picture: a path or a URL. A function is called once per page load. */
  value: FileJSON | null;
  /** Whether it can be downloaded. */
  show_download_button: boolean;
}

/** A number picked by dragging a thumb along a track. */
export interface SliderProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** Value at the left end; must be below `maximum`. */
  minimum: number;
  /** Value at the right end. */
  maximum: number;
  /** First number; None: the minimum. A function is called once per page load. */
  value: number;
  /** Distance of the values that can be picked; None: a power of ten, so that there are 100 to 1000. */
  step: number | null;
  /** Decimal places to which it is rounded; 0 gives an int; None: not rounded. */
  precision: number | null;
  /** Buttons in its corner: "reset", or buttons of your own. */
  buttons: Array<string> | null;
}

/** A value that stays in Python, one per viewer; any object that can be deep-copied. */
export interface StateProps {
}

/** One step of a `Walkthrough`. */
export interface StepProps {
  /** What stands on its tab. */
  label: string | null;
  /** Whether it is one of the steps. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Whether a user can go back to it. */
  interactive: boolean;
  /** By which `Walkthrough(selected=…)` names it; None: its number from 0. */
  id: number | null;
  /** Share of the height or width in its parent. */
  scale: number | null;
}

/** One page of `Tabs`; tabs that stand elsewhere get a `Tabs` of their own around them. */
export interface TabProps {
  /** What stands on its tab. */
  label: string | null;
  /** Whether its tab stands in the row. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Whether it can be chosen. */
  interactive: boolean;
  /** By which `Tabs(selected=…)` names it. */
  id: number | string | null;
  /** End of the row at which its tab stands. */
  alignment: "left" | "right";
  /** Share of the height or width in its parent. */
  scale: number | null;
  /** Of the page, in pixels, or any CSS length; what is higher scrolls. */
  height: number | string | null;
  /** Of the page, in pixels, or any CSS length; what is higher scrolls. */
  max_height: number | string | null;
  /** Whether its blocks are built before it is first shown. */
  render_children: boolean;
}

/** A row of tabs, each a page of blocks, of which one is shown. */
export interface TabsProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** The `id` of the tab shown first; None: the first that is visible. */
  selected: number | string | null;
  /** Where tabs go that find no room in the row: into a menu at its end, or into another row below. The tab that is open stays in the row. */
  overflow_behavior: "menu" | "wrap";
}

/** A field of one or more lines of text. */
export interface TextboxProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** A line under the label; may hold Markdown. */
  info: string | null;
  /** First text; a function is called once per page load. */
  value: string | null;
  /** Kind of field; a password is not shown. */
  type: "text" | "password" | "email";
  /** Height, in lines. */
  lines: number;
  /** Lines up to which it grows with its text; None: 20, or `lines` when that is more. */
  max_lines: number | null;
  /** Shown while it is empty. */
  placeholder: string | null;
  /** Whether it takes the keyboard when the page opens. */
  autofocus: boolean;
  /** Whether it scrolls to its end when the text changes. */
  autoscroll: boolean;
  /** None: left, or right when `rtl`. */
  text_align: "left" | "right" | null;
  /** Whether its text runs from right to left. */
  rtl: boolean;
  /** Buttons in its corner: "copy", or buttons of your own. */
  buttons: Array<string> | null;
  /** Most characters, line ends included. */
  max_length: number | null;
  /** Whether a button that submits stands in it; a text is its caption. */
  submit_btn: string | boolean | null;
  /** Whether a button that stops stands in it; a text is its caption. */
  stop_btn: string | boolean | null;
  /** Further attributes of the element, such as `spellcheck`. */
  html_attributes: Record<string, any>;
}

/** A clock that ticks; nothing of it is seen. */
export interface TimerProps {
  /** Seconds between two ticks. */
  value: number;
  /** Whether it ticks. */
  active: boolean;
}

/** A button that takes files. */
export interface UploadButtonProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Its caption. */
  label: string | null;
  /** First file or files: paths or URLs. A function is called once per page load. */
  value: FileJSON | Array<FileJSON> | null;
  /** How much it stands out. */
  variant: "primary" | "secondary" | "stop" | "huggingface";
  /** Its height. */
  size: "sm" | "md" | "lg";
  /** Picture before the caption: a file or a URL. */
  icon: Record<string, any> | null;
  /** Whether it can be pressed. */
  interactive: boolean;
  /** How many a user can give; "directory": all files of a folder. A handler gets a list unless it is one. */
  file_count: "single" | "multiple" | "directory";
  /** Kinds that are taken: endings such as ".pdf", or "image", "video", "audio", "text", "file"; None: all. */
  file_types: Array<string> | null;
}

/** A film, shown or given by upload or webcam. */
export interface VideoProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** First film: a file, or a URL. A function is called once per page load. */
  value: FileJSON | null;
  /** Suffix of the files that a page and a handler get, such as "mp4"; others are converted, which needs FFmpeg. None: they stay as they are. */
  format: string | null;
  /** From where a film may come: "upload", "webcam"; None: from both. */
  sources: Array<"upload" | "webcam">;
  /** In pixels, or any CSS length; the film keeps its proportions. */
  height: number | string | null;
  /** In pixels, or any CSS length; the film keeps its proportions. */
  width: number | string | null;
  /** How the webcam is used. With the webcam as the only source, what is recorded is mirrored as it is seen. */
  webcam_options: WebcamOptionsJSON;
  /** Whether a handler gets its sound, and the webcam records it; None: unless the webcam is the only source. */
  include_audio: boolean | null;
  /** Whether it plays when it comes; browsers ask that the person has used the page before. */
  autoplay: boolean;
  /** Buttons in its corner: "download", "share", or buttons of your own; None: "download". */
  buttons: Array<string> | null;
  /** Whether it starts again at its end. */
  loop: boolean;
  /** Whether what a generator yields is played one after the other: MP4, WebM or, where FFmpeg is there, TS files. */
  streaming: boolean;
  /** Texts shown while it plays: a file (.srt, .vtt, .json), or `[{"text": …, "timestamp": [start, end]}]`, in seconds. */
  subtitles: Array<Cue> | null;
  /** Where it plays, in seconds. */
  playback_position: number;
  can_trim: boolean;
}

/** Numbered steps, each a page of blocks, of which one is shown. */
export interface WalkthroughProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** The `id` of the step shown first, or its number from 0; None: the first that is visible. */
  selected: number | null;
}

/** Any ipywidget or anywidget, in an app in a notebook: to look at, as an input, as an output. */
export interface WidgetProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Text above it. */
  label: string | null;
  /** None: when there is a label. */
  show_label: boolean | null;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** Whether a person can use it. None: unless it is only an output. */
  interactive: boolean;
  /** The widget, or a function that makes it at each page load. */
  value: WidgetData | null;
  /** Its trait that is the component's value. */
  trait: string;
}

/** An editor of graphs, as `Workflow` has one: nodes with ports, and edges between them. */
export interface WorkflowCanvasProps {
  /** Whether it is shown; "hidden" keeps it in the page, unseen. */
  visible: boolean | "hidden";
  /** The `id` of its element in the page, for CSS and JavaScript. */
  elem_id: string | null;
  /** CSS classes of its element. */
  elem_classes: Array<string>;
  /** Share of the width among the children of a Row; None: as wide as its content needs. */
  scale: number | null;
  /** Pixels below which it moves to the next line. */
  min_width: number | null;
  /** Name of the editor for who cannot see it; shown with `show_label=True`. */
  label: string | null;
  /** Whether its label is shown. */
  show_label: boolean;
  /** Whether it stands on a surface of its own. */
  container: boolean;
  /** First graph, as JSON text. A function is called once per page load. */
  value: string | null;
  /** What the page may call, by their names. `list_bound_fns()` gives the nodes that can be added, as JSON; `run_node(node, values)` runs one and gives its results by output; `get_write_access()` says whether who looks may edit; `save_workflow(graph)` keeps an edited graph, and gives JSON whose `error` says why it did not; `get_files()` gives the files that nodes hold, by node and port. What needs one that is not there is left out. */
  server_functions: Array<string>;
  /** `elem_id` of what shows the graph as a form; there is a switch between the two then. */
  app_view: string | null;
}

/** What a page gets of each kind of block. */
export interface ComponentProps {
  accordion: AccordionProps;
  annotatedimage: AnnotatedImageProps;
  audio: AudioProps;
  browserstate: BrowserStateProps;
  button: ButtonProps;
  chatbot: ChatbotProps;
  checkbox: CheckboxProps;
  checkboxgroup: CheckboxGroupProps;
  clearbutton: ClearButtonProps;
  code: CodeProps;
  colorpicker: ColorPickerProps;
  column: ColumnProps;
  dataframe: DataframeProps;
  dataset: DatasetProps;
  datetime: DateTimeProps;
  deeplinkbutton: DeepLinkButtonProps;
  dialogue: DialogueProps;
  downloadbutton: DownloadButtonProps;
  draggable: DraggableProps;
  dropdown: DropdownProps;
  file: FileProps;
  fileexplorer: FileExplorerProps;
  gallery: GalleryProps;
  group: GroupProps;
  highlightedtext: HighlightedTextProps;
  html: HTMLProps;
  image: ImageProps;
  imageeditor: ImageEditorProps;
  imageslider: ImageSliderProps;
  json: JSONProps;
  label: LabelProps;
  loginbutton: LoginButtonProps;
  markdown: MarkdownProps;
  model3d: Model3DProps;
  multimodaltextbox: MultimodalTextboxProps;
  nativeplot: NativePlotProps;
  navbar: NavbarProps;
  number: NumberProps;
  paramviewer: ParamViewerProps;
  plot: PlotProps;
  radio: RadioProps;
  row: RowProps;
  sidebar: SidebarProps;
  simpleimage: SimpleImageProps;
  slider: SliderProps;
  state: StateProps;
  step: StepProps;
  tab: TabProps;
  tabs: TabsProps;
  textbox: TextboxProps;
  timer: TimerProps;
  uploadbutton: UploadButtonProps;
  video: VideoProps;
  walkthrough: WalkthroughProps;
  widget: WidgetProps;
  workflowcanvas: WorkflowCanvasProps;
}

/** Events of each kind of block. */
export interface ComponentEvents {
  accordion: "expand" | "collapse";
  annotatedimage: "change" | "select";
  audio: "stream" | "change" | "clear" | "play" | "pause" | "stop" | "start_recording" | "pause_recording" | "stop_recording" | "upload" | "input";
  browserstate: "change";
  button: "change" | "click";
  chatbot: "change" | "select" | "like" | "retry" | "undo" | "example_select" | "option_select" | "clear" | "copy" | "edit";
  checkbox: "change" | "input" | "select";
  checkboxgroup: "change" | "input" | "select";
  clearbutton: "change" | "click";
  code: "change" | "input" | "focus" | "blur";
  colorpicker: "change" | "input" | "submit" | "focus" | "blur" | "release";
  column: never;
  dataframe: "change" | "input" | "select" | "edit";
  dataset: "change" | "click" | "select";
  datetime: "change" | "submit";
  deeplinkbutton: "change" | "click";
  dialogue: "change" | "input" | "submit";
  downloadbutton: "change" | "click";
  draggable: never;
  dropdown: "change" | "input" | "select" | "focus" | "blur" | "key_up";
  file: "change" | "select" | "clear" | "upload" | "delete" | "download";
  fileexplorer: "change" | "input" | "select";
  gallery: "select" | "upload" | "change" | "delete" | "preview_close" | "preview_open";
  group: never;
  highlightedtext: "change" | "select";
  html: "change" | "input" | "click" | "double_click" | "submit" | "stop" | "edit" | "clear" | "play" | "pause" | "end" | "start_recording" | "pause_recording" | "stop_recording" | "focus" | "blur" | "upload" | "release" | "select" | "stream" | "like" | "example_select" | "option_select" | "load" | "key_up" | "apply" | "delete" | "tick" | "undo" | "retry" | "expand" | "collapse" | "download" | "copy";
  image: "change" | "input" | "clear" | "upload" | "select" | "stream";
  imageeditor: "clear" | "change" | "input" | "select" | "upload" | "apply";
  imageslider: "clear" | "change" | "stream" | "select" | "upload" | "input";
  json: "change";
  label: "change" | "select";
  loginbutton: "change" | "click";
  markdown: "change" | "copy";
  model3d: "change" | "upload" | "edit" | "clear";
  multimodaltextbox: "change" | "input" | "select" | "submit" | "focus" | "blur" | "stop";
  nativeplot: "change" | "select" | "double_click";
  navbar: "change";
  number: "change" | "input" | "submit" | "focus" | "blur";
  paramviewer: "change" | "upload";
  plot: "change";
  radio: "change" | "input" | "select";
  row: never;
  sidebar: "expand" | "collapse";
  simpleimage: "clear" | "change" | "upload";
  slider: "change" | "input" | "release";
  state: "change";
  step: "select";
  tab: "select";
  tabs: "change" | "select";
  textbox: "change" | "input" | "submit" | "select" | "focus" | "blur" | "stop" | "copy";
  timer: "change" | "tick";
  uploadbutton: "change" | "click" | "upload";
  video: "change" | "clear" | "start_recording" | "stop_recording" | "stop" | "play" | "pause" | "end" | "upload" | "input";
  walkthrough: "change" | "select";
  widget: "change" | "input";
  workflowcanvas: "change";
}

/** What a page may set of each kind of block. */
export interface UserProps {
  accordion: "open";
  annotatedimage: never;
  audio: "value" | "playback_position" | "recording";
  browserstate: "value";
  button: never;
  chatbot: "value";
  checkbox: "value";
  checkboxgroup: "value";
  clearbutton: never;
  code: "value";
  colorpicker: "value";
  column: never;
  dataframe: "value";
  dataset: "value";
  datetime: "value";
  deeplinkbutton: never;
  dialogue: "value";
  downloadbutton: never;
  draggable: never;
  dropdown: "value";
  file: "value";
  fileexplorer: "value";
  gallery: "value" | "selected_index";
  group: never;
  highlightedtext: "value";
  html: "value" | "props";
  image: "value";
  imageeditor: "value";
  imageslider: "value" | "slider_position";
  json: never;
  label: never;
  loginbutton: never;
  markdown: never;
  model3d: "value";
  multimodaltextbox: "value";
  nativeplot: never;
  navbar: never;
  number: "value";
  paramviewer: never;
  plot: never;
  radio: "value";
  row: never;
  sidebar: "open";
  simpleimage: "value";
  slider: "value";
  state: never;
  step: never;
  tab: never;
  tabs: "selected";
  textbox: "value";
  timer: never;
  uploadbutton: "value";
  video: "value" | "playback_position";
  walkthrough: "selected";
  widget: "value";
  workflowcanvas: "value";
}

/** The family of views that has the view of a kind of block. */
export const FAMILIES: Record<string, string> = {
  annotatedimage: "files",
  audio: "player",
  chatbot: "chat",
  colorpicker: "pickers",
  dataframe: "data",
  dataset: "dataset",
  datetime: "pickers",
  deeplinkbutton: "parts",
  dialogue: "parts",
  downloadbutton: "files",
  draggable: "parts",
  file: "files",
  fileexplorer: "files",
  gallery: "files",
  image: "files",
  imageeditor: "editor",
  imageslider: "files",
  loginbutton: "parts",
  model3d: "model3d",
  multimodaltextbox: "chat",
  nativeplot: "plots",
  paramviewer: "parts",
  plot: "plots",
  sidebar: "parts",
  simpleimage: "files",
  uploadbutton: "files",
  video: "player",
  walkthrough: "parts",
  widget: "guests",
  workflowcanvas: "workflow",
};
