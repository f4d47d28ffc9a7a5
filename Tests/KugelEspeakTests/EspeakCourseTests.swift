import TestSupport
import Testing

@testable import KugelEspeak

private func text(_ step: EspeakCourse.Step?) -> String? {
  switch step {
  case .speak(let piece)?: (piece.isSifted ? "sifted " : "") + piece.text
  case .probe(let piece)?: "probe " + piece.text
  case nil: nil
  }
}

extension EspeakPiece {
  fileprivate var text: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

private func course(_ text: String) -> EspeakCourse {
  EspeakCourse(EspeakPieces.of(text, identifier: "gmw/en-US"), chosen: "gmw/en-US")
}

/// A piece that is long enough to be dropped in part: twenty words of ten letters.
private let long = (0..<20).map { "wordword\($0 / 10)\($0 % 10)" }.joined(separator: " ")

@Suite struct EspeakCourseTests {
  @Test func `a text that is spoken to its end is spoken once`() {
    var course = course("One two.")
    #expect(text(course.step) == "One two.")
    course.ended(lastHeard: 4)
    #expect(course.step == nil)
  }

  @Test func `a short text may end in a word that has no sound of its own`() {
    var course = course("What is it of the")
    course.ended(lastHeard: 11)
    #expect(course.step == nil)
  }

  @Test func `many words that were not heard are said again, in smaller pieces`() {
    var course = course(long)
    course.ended(lastHeard: 11 * 10)
    var said: [String] = []
    while let step = text(course.step) {
      said.append(step)
      course.ended(lastHeard: step.unicodeScalars.count - 3)
    }
    #expect(said.count > 1)
    #expect(said.joined() == long.dropFirst(11 * 11))
  }

  @Test func `one word that was not heard is probed, and said when it has a sound of its own`() {
    var lost = course(long)
    lost.ended(lastHeard: 11 * 18)
    #expect(text(lost.step) == "probe wordword18 wordword19")
    lost.ended(lastHeard: 11)
    #expect(text(lost.step) == "wordword19")
    lost.ended(lastHeard: 0)
    #expect(lost.step == nil)

    var joined = course(long)
    joined.ended(lastHeard: 11 * 18)
    joined.ended(lastHeard: 0)
    #expect(joined.step == nil)
  }

  @Test func `after a breakdown the text is said without foreign letters`() {
    var course = course("One 🌍 two.")
    let trouble = course.died(lastHeard: nil)
    #expect(trouble == .brokeDown("One 🌍 two."))
    #expect(text(course.step) == "sifted One   two.")
    course.ended(lastHeard: 6)
    #expect(course.step == nil)
  }

  @Test func `after a breakdown the text goes on with the word that was being heard`() {
    var course = course("One two three.")
    let trouble = course.died(lastHeard: 4)
    #expect(trouble == .brokeDown("two three."))
    #expect(text(course.step) == "sifted two three.")
  }

  @Test func `a text that breaks everything is halved, and the word that does it left out`() {
    var course = course("One two bad four.")
    var (said, out): ([String], [EspeakCourse.Trouble]) = ([], [])
    while let step = text(course.step) {
      if step.contains("bad") {
        if let trouble = course.died(lastHeard: nil) { out.append(trouble) }
      } else {
        said.append(step)
        course.ended(lastHeard: 0)
      }
    }
    #expect(said == ["sifted One two ", "sifted four."])
    #expect(out == [.brokeDown("One two bad four."), .leftOut("bad ")])
  }

  @Test func `a breakdown of a probe costs nothing that is heard`() {
    var course = course(long)
    course.ended(lastHeard: 11 * 18)
    let trouble = course.died(lastHeard: nil)
    #expect(trouble == nil && course.step == nil)
  }

  @Test func `without a voice for a script the chosen one goes on, without the letters`() {
    var course = course("He said Привет.")
    let first = course.refused()
    course.ended(lastHeard: 3)
    let second = course.refused()
    #expect(!first && second)
    #expect(text(course.step) == "sifted       .")
  }

  @Test func `whatever the library does, there is an end`() {
    for seed in 0..<300 {
      var random = SeededGenerator(seed: UInt64(seed))
      var course = course(long + "! Привет, 1984 🌍. " + long)
      var steps = 0
      while let step = course.step {
        steps += 1
        guard steps < 2_000 else {
          Issue.record("no end with seed \(seed)")
          break
        }
        let count = text(step)?.unicodeScalars.count ?? 0
        let heard = random.below(4) == 0 ? nil : random.below(count + 1)
        switch random.below(3) {
        case 0: _ = course.died(lastHeard: heard)
        case 1 where course.refused(): break
        default: course.ended(lastHeard: heard)
        }
      }
    }
  }
}
