import KugelWire

extension SpeechEvent {
  /// One JSON object on one line, with the newline.
  package var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { members in
      members.field("v", SpeechEvent.version)
      members.time("t", time)
      members.field("ev", body.name)
      members.field("turn", turn)
      members.field("ctx", context)
      members.field("item", item)
      members.field("line", line)
      members.id(id)
      body.write(to: &members)
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

extension SpeechEvent.Body {
  package var name: String {
    switch self {
    case .start: "start"
    case .connect: "connect"
    case .session: "session"
    case .turnBegin: "turn.begin"
    case .text: "text"
    case .segment: "segment"
    case .audio: "audio"
    case .firstByte: "first_byte"
    case .firstSound: "first_sound"
    case .word: "word"
    case .heard: "heard"
    case .mark: "mark"
    case .underrun: "underrun"
    case .keepalive: "keepalive"
    case .contexts: "contexts"
    case .retry: "retry"
    case .resume: "resume"
    case .warning: "warning"
    case .cancel: "cancel"
    case .turnEnd: "turn.end"
    case .usage: "usage"
    case .answerTool: "answer.tool"
    case .answerUsage: "answer.usage"
    case .file: "file"
    case .error: "error"
    case .end: "end"
    case .reply: "reply"
    }
  }

  fileprivate func write(to members: inout JSONWriter) {
    switch self {
    case .turnBegin, .keepalive: break
    case .start(let version, let engine, let voice, let format):
      members.field("version", version)
      members.field("engine", engine)
      members.orNull("voice", voice)
      members.object("format") { members in
        members.orNull("file", format.file)
        members.orNull("rate", format.rate)
      }
    case .connect(let times, let reused):
      members.object("parts") { members in
        members.timeOrNull("name", times.name)
        members.timeOrNull("tcp", times.tcp)
        members.timeOrNull("tls", times.tls)
        members.timeOrNull("upgrade", times.upgrade)
        members.timeOrNull("total", times.total)
      }
      members.field("reused", reused)
    case .session(let name): members.field("session", name)
    case .text(let characters, let source):
      members.field("chars", characters)
      members.source(source)
    case .segment(let chunk, let text, let source):
      members.field("chunk", chunk)
      members.field("text", text)
      members.source(source)
    case .audio(let samples, let total):
      members.field("samples", samples)
      members.field("total", total)
    case .firstByte(let after), .firstSound(let after): members.time("ms", after)
    case .word(let word, let samples, let source, let score):
      members.field("word", word)
      members.field("from", samples.lowerBound)
      members.field("to", samples.upperBound)
      members.source(source)
      members.field("score", score)
    case .heard(let position): members.field("position", position)
    case .mark(let name): members.field("name", name)
    case .underrun(let cushion): members.time("cushion", cushion)
    case .contexts(let active): members.field("active", active)
    case .retry(let cause, let attempt, let delay):
      members.field("cause", cause)
      members.field("attempt", attempt)
      members.time("delay", delay)
    case .resume(let source): members.orNull("source", source)
    case .warning(let text): members.field("message", text)
    case .cancel(let text):
      members.field("heard", text.heard)
      members.field("unheard", text.unheard)
      members.field("estimated", text.isEstimated)
    case .turnEnd(let figures): write(figures, to: &members)
    case .usage(let usage): write(usage, to: &members)
    case .answerTool(let name): members.field("name", name)
    case .answerUsage(let input, let output, let cost, let model):
      members.orNull("input_tokens", input)
      members.orNull("output_tokens", output)
      members.orNull("cost_usd", cost)
      members.orNull("model", model)
    case .file(let path, let duration, let state):
      members.field("path", path)
      members.timeOrNull("duration", duration)
      members.field("state", state.rawValue)
    case .error(let trouble):
      members.field("code", trouble.code)
      members.field("message", trouble.message)
      members.orNull("exit", trouble.exit)
    case .end(let exit): members.field("exit", exit)
    case .reply(let reply):
      members.field("op", reply.operation)
      for field in reply.fields { members.field(field) }
    }
  }

  private func write(_ figures: TurnFigures, to members: inout JSONWriter) {
    members.time("audio", .seconds(figures.audioSeconds))
    members.field("chars", figures.characters)
    members.field("gaps", figures.gaps)
    members.field("reason", figures.reason.rawValue)
    members.field("samples", figures.samples)
    members.orNull("rate", figures.rate == 0 ? nil : figures.rate)
    members.field("segments", figures.segments)
    members.timeOrNull("first_byte", figures.timeToFirstAudio)
    members.timeOrNull("first_sound", figures.timeToFirstSound)
    members.timeOrNull("making", figures.making.map { .milliseconds($0.milliseconds) })
    members.orNull("making_rtf", figures.making?.realTimeFactor)
  }

  private func write(_ usage: Usage?, to members: inout JSONWriter) {
    members.orNull("audio_seconds", usage?.audioSeconds)
    members.orNull("characters", usage?.characters)
    members.orNull("cost_cents", usage?.costCents)
    members.orNull("currency", usage?.currency)
    members.orNull("model", usage?.model)
  }
}

extension JSONWriter {
  /// Milliseconds, to the microsecond.
  fileprivate mutating func time(_ name: StaticString, _ duration: Duration) {
    field(name, (duration / .microseconds(1)).rounded() / 1000)
  }

  fileprivate mutating func timeOrNull(_ name: StaticString, _ duration: Duration?) {
    if let duration { time(name, duration) } else { null(name) }
  }

  fileprivate mutating func orNull(_ name: StaticString, _ value: String?) {
    if let value { field(name, value) } else { null(name) }
  }

  fileprivate mutating func orNull(_ name: StaticString, _ value: Int?) {
    if let value { field(name, value) } else { null(name) }
  }

  fileprivate mutating func orNull(_ name: StaticString, _ value: Double?) {
    if let value { field(name, value) } else { null(name) }
  }

  /// Unicode scalars of the input, the end exclusive.
  fileprivate mutating func source(_ range: Range<Int>?) {
    orNull("source_from", range?.lowerBound)
    orNull("source_to", range?.upperBound)
  }

  fileprivate mutating func id(_ id: RequestID?) {
    switch id {
    case .text(let text): field("id", text)
    case .number(let number): field("id", number)
    case nil: break
    }
  }

  fileprivate mutating func field(_ field: SpeechEvent.Field) {
    let name = field.name.text
    switch field.value {
    case .text(let text): self.field(name, text)
    case .number(let number): self.field(name, number)
    case .count(let count): self.field(name, count)
    case .flag(let flag): self.field(name, flag)
    case .texts(let texts): array(name, texts) { $0.element($1) }
    case .null: null(name)
    }
  }
}
