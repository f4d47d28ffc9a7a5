import KugelSystem

/// Decodes a sound file once it has come, on a thread of its own, so that nobody who receives waits for
/// libsndfile. For use from any thread.
package final class FileDecoder: Sendable {
  package enum News: Equatable, Sendable {
    /// Mono, at the rate that was asked for.
    case samples([Int16])
    case ended
    /// Why, in words that fit behind a name and a colon.
    case failed(String)
  }

  /// Frames at once: some 50 ms.
  private static let step = 1200

  private let file = GrowingFile()

  /// - Parameters:
  ///   - rate: Hz of what is told.
  ///   - news: called on the decoder's thread, `ended` or `failed` last.
  package init(rate: Int, news: @escaping @Sendable (News) -> Void) {
    let file = file
    do throws(SystemError) {
      // Not of self, so that letting go of the decoder ends the thread.
      _ = try Thread(name: "kugel-decoder") { Self.run(file, rate: rate, news) }
    } catch {
      news(.failed(error.cause))
    }
  }

  deinit { file.abandon() }

  package func append(_ bytes: [UInt8]) { file.append(bytes) }

  /// The file is whole.
  package func end() { file.end() }

  private static func run(_ file: GrowingFile, rate: Int, _ tell: (News) -> Void) {
    file.waitForEnd()
    do throws(SoundReadError) {
      let reader = try SoundReader(file, outputRate: rate)
      while let samples = try reader.read(frames: step) {
        if !samples.isEmpty { tell(.samples(samples)) }
      }
      tell(.ended)
    } catch {
      tell(.failed(error.cause))
    }
  }
}
