import KugelJobs
import KugelScreen

/// What the pages tell of events. The names and members are those of the schema that tests keep.
///
/// Source: what `--events` writes, `SpeechEvent`.
package enum EventManual {
  package static let opening = [
    "With `--events` a program can follow what happens: one JSON object on each line. Every object has "
      + "`v`, the version of the format (1), `t`, the milliseconds since the program started, and "
      + "`ev`, the kind of the event; where it applies also `turn`, `line` of the input, `ctx`, the "
      + "context or speaker, and `id`, what the program had called the request that is answered.",
    "Times are milliseconds, on a clock that only goes forward. Places in the sound are samples of "
      + "the turn. Places in the text, `source_from` and `source_to`, are characters of the input. "
      + "What is not known is null. Members are only ever added. Nothing secret is told. The last "
      + "line is always `end`.",
  ]

  package static let choices = [
    Choice(
      "start",
      "the program: `version`, `engine`, `voice`, and `format`, the `file` format and its `rate`"),
    Choice(
      "connect",
      "a connection is there: `parts`, how long `name`, `tcp`, `tls` and `upgrade` took, and `total`; "
        + "whether it was `reused`"),
    Choice("session", "a service of the older kind has named the connection: `session`"),
    Choice("turn.begin", "the first text of a turn"),
    Choice("text", "text was sent: `chars`, and where it stands, `source_from`, `source_to`"),
    Choice(
      "segment",
      "the service began a `chunk`, its `text`, and where it stands, `source_from`, `source_to`"),
    Choice("audio", "sound arrived: `samples`, and the `total` of the turn"),
    Choice("first_byte", "`ms` from the first text of the turn to its first sound"),
    Choice("first_sound", "`ms` from the first text of the turn to the first sound at the device"),
    Choice(
      "word",
      "the times of a `word`: `from`, `to`, its place `source_from`, `source_to`, and a `score`"),
    Choice("heard", "sound was heard up to this `position`"),
    Choice("mark", "the text up to the mark of this `name` has been heard"),
    Choice("underrun", "the sound broke off; `cushion`, what is gathered from now on"),
    Choice("keepalive", "a sign of life was sent, as nothing else was"),
    Choice(
      "contexts", "of the speakers of a script so many are `active`: have a place at the service"),
    Choice("retry", "an `attempt` follows after a `delay`; `cause`, why"),
    Choice("resume", "a turn goes on over a new connection, from this `source` place"),
    Choice("warning", "a `message` for people"),
    Choice(
      "cancel",
      "a turn was cut: what was `heard` and `unheard` of its text, and whether that is `estimated`"),
    Choice(
      "turn.end",
      "a turn is over: its `audio`, `samples` and their `rate`, `chars`, `segments`, `gaps`, "
        + "`first_byte`, `first_sound`; what the service says its `making` took, and as a share of the "
        + "sound's length, `making_rtf`; and the `reason`: complete, empty, cancelled, failed or open"
    ),
    Choice(
      "usage",
      "what the service says the turn cost, or with `multi` a speaker once that is closed: "
        + "`audio_seconds`, `characters`, `cost_cents`, `currency`, `model`"),
    Choice(
      "answer.tool",
      "the model or agent whose answer is read (`--input`) uses the tool of this `name`"),
    Choice(
      "answer.usage",
      "what that answer took, as its maker counts: `input_tokens`, `output_tokens`, `cost_usd`, `model`"
    ),
    Choice(
      "file",
      "a file is there: `path`, `duration`, and its `state`: complete, cut or failed; of a speaker's "
        + "track with its `ctx`, of a line with `turn` and `line` too"),
    Choice(
      "error",
      "`code`, `message`, and the `exit` status it leads to; null when the program goes on"),
    Choice("end", "the `exit` status of the program"),
    Choice("reply", "with `session --jsonl`: the answer to the request `op`"),
  ]

  package static var text: String {
    let rows = choices.map { ["  " + $0.word, $0.meaning.filter { $0 != "`" }] }
    return "Events (--events)\n\n" + Columns.text(rows, within: Columns.usualWidth)
      + "\nEvery line has v (1), t (ms) and ev; where it applies turn, line, ctx and id. Times and lengths\n"
      + "are in ms, places in sound in samples, places in text in characters.\n"
  }
}
