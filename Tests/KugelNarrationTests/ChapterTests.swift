import KugelNarration
import Testing

private func tags(_ titles: String...) -> BookTags {
  var tags = BookTags()
  (tags.title, tags.author, tags.rate) = ("Book", "Author", 24_000)
  tags.chapters = titles.enumerated().map {
    ChapterMark(start: $0.offset * 24_000, title: $0.element)
  }
  tags.samples = titles.count * 24_000
  return tags
}

@Suite struct ChapterTests {
  @Test func `chunks of a WAV file have their lengths, all even`() {
    let chunks = WaveChapters.chunks(tags("One", "Four"))
    var (place, names) = (0, [String]())
    while place + 8 <= chunks.count {
      names.append(String(decoding: chunks[place..<place + 4], as: UTF8.self))
      let length = (0..<4).reduce(0) { $0 | Int(chunks[place + 4 + $1]) << (8 * $1) }
      #expect(length % 2 == 0)
      place += 8 + length
    }
    #expect(place == chunks.count)
    #expect(names == ["cue ", "LIST", "LIST"])
    // The second point begins a second later.
    let zeros = [UInt8](repeating: 0, count: 8)
    let point: [UInt8] = [2, 0, 0, 0, 0xC0, 0x5D, 0, 0]
    let end: [UInt8] = [0xC0, 0x5D, 0, 0]
    #expect(Array(chunks[36..<60]) == point + Array("data".utf8) + zeros + end)
  }

  @Test func `the length is that of RIFF, and of RF64`() {
    var head = Array("RIFF....WAVE".utf8) + [UInt8](repeating: 0, count: 20)
    #expect(WaveChapters.length(head, 0x1_0008)?.offset == 4)
    #expect(WaveChapters.length(head, 0x1_0008)?.bytes == [0, 0, 1, 0])
    head = Array("RF64....WAVEds64".utf8) + [UInt8](repeating: 0, count: 16)
    #expect(WaveChapters.length(head, 0x1_0000_0008)?.offset == 20)
    #expect(WaveChapters.length(head, 0x1_0000_0008)?.bytes == [0, 0, 0, 0, 1, 0, 0, 0])
    #expect(WaveChapters.length(Array("fLaC".utf8), 100) == nil)
  }

  @Test func `comments tell chapters with their times`() {
    #expect(
      CommentChapters.comments(tags("One", "Two")) == [
        "TITLE=Book", "ARTIST=Author", "CHAPTER001=00:00:00.000", "CHAPTER001NAME=One",
        "CHAPTER002=00:00:01.000", "CHAPTER002NAME=Two",
      ])
  }

  @Test func `metadata of FLAC is replaced, and its sound stays where it is said to be`() throws {
    let information: [UInt8] = [0x00, 0, 0, 34] + [UInt8](repeating: 7, count: 34)
    let comments: [UInt8] = [0x04, 0, 0, 3, 1, 2, 3]
    let padding: [UInt8] = [0x81, 0, 0, 2, 0, 0]
    let head = Array("fLaC".utf8) + information + comments + padding
    #expect(FLACMetadata.soundStart(head + [9, 9]) == head.count)
    let made = try #require(FLACMetadata.replaced(head + [9, 9], tags("One")))
    #expect(FLACMetadata.soundStart(made) == made.count)
    #expect(made.starts(with: Array("fLaC".utf8) + information))
    #expect(String(decoding: made, as: UTF8.self).contains("CHAPTER001NAME=One"))
    #expect(FLACMetadata.soundStart(Array(head.dropLast(8))) == nil)
  }

  @Test func `a tag of ID3 has its length, and times of its chapters`() {
    let tag = ID3Chapters.tag(tags("One", "Two"))
    #expect(tag.starts(with: Array("ID3".utf8) + [4, 0, 0]))
    let length = tag[6..<10].reduce(0) { $0 << 7 | Int($1) }
    #expect(tag.count == 10 + length)
    let text = String(decoding: tag, as: UTF8.self)
    for name in ["TIT2", "TPE1", "CTOC", "CHAP"] { #expect(text.contains(name)) }
    #expect(ID3Chapters.tag(BookTags()) == [])
  }

  @Test func `the pages of an Opus file are numbered on`() throws {
    func page(_ number: Int, _ content: [UInt8]) -> [UInt8] {
      var page = Array("OggS".utf8) + [UInt8](repeating: 0, count: 10)
      page += [1, 2, 3, 4]
      page += [UInt8(number), 0, 0, 0]
      page += [0, 0, 0, 0, 1, UInt8(content.count)]
      return page + content
    }
    let head = page(0, Array("OpusHead........".utf8)) + page(1, Array("OpusTags....".utf8))
    let made = try #require(OggComments.replaced(head + page(2, [5]), tags("One")))
    #expect(made.length == head.count)
    #expect(made.shift == 0)
    var long = tags("One")
    long.title = String(repeating: "x", count: 200_000)
    let longer = try #require(OggComments.replaced(head + page(2, [5]), long))
    #expect(longer.shift == 3)
    var (place, numbers) = (0, [UInt8]())
    while let page = OggPage(longer.bytes, at: place) {
      numbers.append(longer.bytes[place + 18])
      place = page.end
    }
    #expect(place == longer.bytes.count)
    #expect(numbers == [0, 1, 2, 3, 4])
    #expect(OggPage.renumbered(page(2, [5]), by: 3)[18] == 5)
  }

  @Test func `ffmpeg is told chapters in its words`() {
    var book = tags("One; two", "Three")
    book.author = nil
    #expect(
      FFmpegMetadata.text(book) == """
        ;FFMETADATA1
        title=Book
        album=Book
        genre=Audiobook
        [CHAPTER]
        TIMEBASE=1/1000
        START=0
        END=1000
        title=One\\; two
        [CHAPTER]
        TIMEBASE=1/1000
        START=1000
        END=2000
        title=Three

        """)
  }
}
