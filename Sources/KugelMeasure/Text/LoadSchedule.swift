/// When turns are meant to start while several connections speak at once.
///
/// The times are fixed beforehand: a turn that cannot start because the one before it is not done is late,
/// and its wait counts as the service's. Waiting instead would ask a slow service less often, and so hide
/// its slowness ("coordinated omission", Tene 2013).
package struct LoadSchedule: Equatable, Sendable {
  package let lanes: Int
  /// Between two starts on one connection.
  package let interval: Duration

  package init(lanes: Int, interval: Duration) {
    self.lanes = lanes
    self.interval = interval
  }

  /// After the start of the load. The connections take turns, evenly spread.
  ///
  /// - Parameters:
  ///   - lane: from 0.
  ///   - turn: of that connection, from 0.
  package func start(lane: Int, turn: Int) -> Duration {
    interval * turn + interval * lane / lanes
  }

  /// How many turns a connection makes, so that all together make `total`.
  package func turns(lane: Int, of total: Int) -> Int {
    total / lanes + (lane < total % lanes ? 1 : 0)
  }
}
