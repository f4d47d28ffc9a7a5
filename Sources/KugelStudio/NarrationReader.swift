import Glibc
import KugelBooks
import KugelJobs
import KugelNarration
import KugelReading
import KugelSystem
import KugelText
import KugelWire

/// Reads what is to be narrated into items.
struct NarrationReader {
  private let request: NarrateRequest
  private let host: Host
  private(set) var items: [NarrationItem] = []
  /// Sources of which several items may come.
  private(set) var numbered: Set<String> = []
  /// What could not be read or understood, with its place.
  private(set) var problems: [NarrationFailure] = []
  private let lexicon: Lexicon
  /// What is read now.
  private var path = ""
  /// Of what is spoken, where nothing else is said; nil where that is not known.
  let language: String?
  /// Who speaks where nothing else is said; nil where a service does.
  let local: LocalEngine?
  /// Of the book that is all of the input.
  private(set) var title: String?
  private(set) var author: String?

  /// - Throws: 66 or 65 for a lexicon, 64 for a voice that there is not.
  init(_ request: NarrateRequest, in host: Host) throws(UserError) {
    self.request = request
    self.host = host
    lexicon = try Lexicon(files: request.speech.text.lexicons, in: host)
    local = request.speech.engine.isRemote ? nil : try LocalEngine(request.speech, in: host)
    language = local.map(\.language) ?? request.speech.language
    for path in request.inputs { read(path) }
  }

  /// Texts that there are, with those that could not be understood: whoever mends one of these changes the
  /// name of no other.
  private(set) var total = 0

  private mutating func add(_ item: NarrationItem) {
    total += 1
    items.append(item)
    items[items.count - 1].number = total
    // Two files of different folders may have one name.
    if item.place.hasPrefix(item.source), item.source != "-" {
      items[items.count - 1].place = path + item.place.dropFirst(item.source.count)
    }
  }

  private mutating func read(_ path: String) {
    self.path = path
    let name = path == "-" ? "-" : FileName.last(of: path)
    do {
      switch InputKind(path: path) {
      case .book: try addBook(path, name)
      case .page: try addPage(path, name)
      case .subtitles: try addSubtitles(path, name)
      case .text, .markdown:
        let text = try InputText.read(path, warns: request.verbosity != .quiet, in: host)
        if path == "-" || request.list != nil || ListKind(path: path) != nil {
          addList(text, name, kind: request.list ?? ListKind(path: path))
        } else {
          add(text, name, isMarkdown: InputKind(path: path) == .markdown)
        }
      }
    } catch let error as BookError {
      problems.append(NarrationFailure(place: path, cause: error.cause))
    } catch {
      let (place, cause) = (InputText.name(of: path), UserError(telling: error).message)
      // The place is told already.
      let plain = ["\(place): ", "cannot read \(place): "].first(where: cause.hasPrefix)
      let rest = plain.map { "cannot be read: " + cause.dropFirst($0.count) }
      problems.append(NarrationFailure(place: place, cause: rest ?? cause))
    }
  }

  private mutating func add(
    _ text: String, _ name: String, isMarkdown: Bool, chapters: [BookText.Chapter] = [],
    language: String? = nil
  ) {
    if !request.split.isWhole { numbered.insert(name) }
    var reader = textItems(isMarkdown: isMarkdown, language: nil)
    reader.chapters = chapters
    if choosesVoice { reader.target.language = language ?? reader.target.language }
    for item in reader.items(text, source: name, at: .now) { add(item) }
  }

  private mutating func addBook(_ path: String, _ name: String) throws {
    let book = try EpubReader.read(path, pageOptions)
    for flaw in book.flaws {
      if flaw.isLost {
        problems.append(NarrationFailure(place: path, cause: "\(flaw.cause); it is left out"))
      } else if request.verbosity != .quiet {
        host.tell("kugel: warning: \(path): \(flaw.cause)")
      }
    }
    let first = items.count
    if request.inputs.count == 1 { (title, author) = (book.title, book.author) }
    add(
      book.text.text, name, isMarkdown: true, chapters: book.text.chapters,
      language: book.language)
    // A book that says what it is written in is spoken so, unless somebody wants it otherwise.
    guard let language = book.language, SettingKind.isLanguageTag(language), choosesVoice else {
      return
    }
    for index in items.indices[first...] { items[index].wish.language = language }
  }

  private mutating func addPage(_ path: String, _ name: String) throws {
    let descriptor = try host.openInput(path)
    defer { close(descriptor) }
    let bytes = try Descriptor.readToEnd(descriptor)
    let page = MarkupText.markdown(try MarkupReader.read(bytes, as: .html), pageOptions)
    add(page.markdown, name, isMarkdown: true)
  }

  private mutating func addSubtitles(_ path: String, _ name: String) throws {
    let text = try InputText.read(path, warns: request.verbosity != .quiet, in: host)
    let subtitles = SubRip(text)
    problems += subtitles.problems.map {
      NarrationFailure(place: "\(path), line \($0.line)", cause: $0.cause)
    }
    guard !subtitles.cues.isEmpty else {
      if subtitles.problems.isEmpty {
        problems.append(NarrationFailure(place: path, cause: "there are no subtitles in it"))
      }
      return
    }
    add(textItems(isMarkdown: false, language: nil).item(text, subtitles, source: name, at: .now))
  }

  private var choosesVoice: Bool {
    let speech = request.speech
    return speech.voice == nil && speech.language == nil
      && speech.engine.entry?.capabilities.hasVoicesByLanguage ?? true
  }

  private var pageOptions: MarkupText.Options {
    var options = MarkupText.Options()
    options.readsNotes = request.readsNotes
    return options
  }

  private mutating func addList(_ text: String, _ name: String, kind: ListKind?) {
    let list = ItemList(text, kind: kind)
    let shown = name == "-" ? "standard input" : path
    numbered.insert(name)
    problems += list.problems.map {
      NarrationFailure(place: "\(shown), line \($0.line)", cause: $0.cause)
    }
    var bad = list.problems[...]
    for entry in list.entries {
      while let problem = bad.first, problem.line < entry.line {
        bad.removeFirst()
        total += 1
      }
      var reader = textItems(isMarkdown: false, language: entry.wish.language)
      reader.split = .files
      for var item in reader.items(entry.text, source: name, at: .now) {
        item.range =
          item.range.lowerBound + entry.offset..<item.range.upperBound + entry.offset
        item.wish = entry.wish
        item.place = "\(shown), line \(entry.line)"
        add(item)
      }
    }
    total += bad.count
  }

  /// - Parameter language: nil where it is not known.
  private func target(_ language: String?) -> TextTarget {
    let engine = request.speech.engine
    guard let service = engine.service else {
      return TextTarget(language: language, takesIPA: engine.reading.takesIPA)
    }
    return RemoteSource.target(of: service.capabilities, for: language)
  }

  private func textItems(isMarkdown: Bool, language: String?) -> TextItems {
    let speech = request.speech
    // An engine of this machine names pictures, or spells them.
    let spoken: TextFilters = speech.engine.isRemote ? .plain : TextFilters(.emoji)
    let usual = isMarkdown ? TextFilters.markdownFile : spoken
    var filters = speech.text.filters(
      usual: usual.names, wantsWords: speech.engine.reading.wantsWords, lexicon: lexicon)
    filters.readsNotes = request.readsNotes
    return TextItems(
      filters: filters, target: target(language ?? self.language), split: request.split,
      pace: SpeechPace(speed: speech.speed))
  }
}

/// What a file holds, as its name says.
private enum InputKind {
  case text, markdown, page, book, subtitles

  init(path: String) {
    let dot = path.lastIndex(of: ".")
    switch dot.map({ path[path.index(after: $0)...].lowercased() }) {
    case "md", "markdown": self = .markdown
    case "html", "htm", "xhtml": self = .page
    case "epub": self = .book
    case "srt": self = .subtitles
    default: self = .text
    }
  }
}

/// Something that could not be made, or not as it should be.
package struct NarrationFailure: Equatable, Sendable {
  /// Where it stands in the input, or its file.
  package var place: String
  /// A fragment without a stop.
  package var cause: String
}
