import Testing

@testable import KugelAudio

@Suite struct HushCourseTests {
  private var course = HushCourse()

  private mutating func next(
    asked: Int, answered: Int = 0, freshFrom: Int = 0, heard: Int = 0
  ) -> HushCourse.Step? {
    course.next(.init(asked: asked, answered: answered, freshFrom: freshFrom), heard: heard)
  }

  @Test mutating func `a hush falls, discards until it is answered, and goes on`() {
    let steps = [
      next(asked: 0), next(asked: 1), next(asked: 1),
      next(asked: 1, answered: 1, freshFrom: 900, heard: 400),
      next(asked: 1, answered: 1, freshFrom: 900, heard: 950),
    ]
    #expect(steps == [nil, .fall, .discard, .goOn(from: 900), nil])
    #expect(course.over == 1)
    #expect(course.start == 400)
    #expect(course.dropped == 500)
  }

  @Test mutating func `one that is asked for meanwhile needs its own answer`() {
    _ = next(asked: 1)
    let steps = [
      next(asked: 3, answered: 1, freshFrom: 900), next(asked: 3, answered: 2, freshFrom: 950),
    ]
    #expect(steps == [.fall, .discard])
    #expect(course.over == 0)
    #expect(next(asked: 3, answered: 3, freshFrom: 1000, heard: 100) == .goOn(from: 1000))
    #expect(course.over == 3)
  }

  @Test mutating func `what was heard is counted without what was dropped, hush after hush`() {
    for (number, heard, freshFrom) in [(1, 400, 900), (2, 1000, 1500)] {
      #expect(next(asked: number) == .fall)
      #expect(
        next(asked: number, answered: number, freshFrom: freshFrom, heard: heard)
          == .goOn(from: freshFrom))
    }
    #expect(course.start == 500)
    #expect(course.dropped == 1000)
  }
}
