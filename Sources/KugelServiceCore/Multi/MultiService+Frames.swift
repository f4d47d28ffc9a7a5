import KugelWire

// What clients of the multi-context endpoint say.
extension MultiService {
  /// Source: protocol notes, section 7.1.
  mutating func received(_ frame: ClientFrame, at now: ContinuousClock.Instant) -> [Action] {
    let name = frame.context.flatMap { $0.isEmpty ? nil : $0 }
    if frame.cancel { return cancel(name, at: now) }
    if let name, var closing = contexts[name], closing.isClosing,
      !(frame.closeContext && closing.waiting.isEmpty)
    {
      // It will be another context of that name.
      do throws(ServiceError) {
        try closing.waiting.append(frame)
      } catch {
        return [.send(ServiceFrame(.error(error), context: name))]
      }
      contexts[name] = closing
      return frame.closeContext && frame.immediate ? cut(name, at: now) : []
    }
    let acknowledged = frame.update.map { [update($0)] } ?? []
    return acknowledged + perform(frame, in: name, at: now)
  }

  private mutating func perform(
    _ frame: ClientFrame, in name: String?, at now: ContinuousClock.Instant
  ) -> [Action] {
    do throws(ServiceError) {
      var merged = settings
      merged.merge(frame.settings)
      settings = try RequestValidator.check(merged, limits: profile.limits)
    } catch {
      return refuse(error, in: name)
    }
    if frame.closeSocket { return closeSocket(at: now) }
    guard let name else { return performWithoutContext(frame, at: now) }
    var actions: [Action] = []
    if contexts[name] == nil {
      if let answer = answerOfNobody(frame, name) { return answer }
      guard contexts.count < profile.contextLimit else {
        return [
          .send(ServiceFrame(.error(.tooManyContexts(limit: profile.contextLimit)), context: name))
        ]
      }
      do throws(ServiceError) {
        let own = try RequestValidator.check(frame.contextSettings, limits: profile.limits)
        actions.append(create(name, own: own, at: now))
      } catch {
        return refuse(error, in: name)
      }
    }
    contexts[name]?.touch(at: now)
    if let text = frame.text, !text.isEmpty {
      let profile = profile
      do throws(ServiceError) {
        let chunks = try contexts[name]?.append(text, profile: profile, at: now) ?? []
        actions += synthesise(chunks, in: name)
      } catch {
        actions += refuse(error, in: name)
        if !frame.closeContext { return actions }
      }
    }
    if frame.closeContext {
      return actions + (frame.immediate ? cut(name, at: now) : close(name, at: now))
    }
    return frame.flush ? actions + flush(name) : actions
  }

  /// The answer to a frame that does not create the context it names; nil when it does.
  private mutating func answerOfNobody(_ frame: ClientFrame, _ name: String) -> [Action]? {
    if frame.closeContext {
      guard farewells.remember(name) else { return [] }
      return [.send(ServiceFrame(.contextClosed(usage: nil), context: name))]
    }
    guard frame.text == nil else { return nil }
    if frame.flush { return [.send(ServiceFrame(.final(FinalStatistics()), context: name))] }
    return frame.keepAlive || frame.update != nil ? [] : nil
  }

  /// Settings of the session, as in the hint that some clients send right after connecting.
  private mutating func performWithoutContext(
    _ frame: ClientFrame, at now: ContinuousClock.Instant
  ) -> [Action] {
    if frame.keepAlive { for name in order { contexts[name]?.touch(at: now) } }
    let hasText = frame.text?.unicodeScalars.contains { !$0.properties.isWhitespace } ?? false
    guard hasText || frame.flush || frame.closeContext else { return [] }
    return [.error(.validation("context_id is required"))]
  }

  private mutating func flush(_ name: String) -> [Action] {
    let actions = drainBuffer(of: name)
    guard contexts[name]?.flushed() == true else { return actions }
    return actions + [.send(ServiceFrame(.final(FinalStatistics()), context: name))]
  }

  /// One context, or all that still take text.
  private mutating func cancel(_ name: String?, at now: ContinuousClock.Instant) -> [Action] {
    let acknowledgement = Action.send(ServiceFrame(.interrupted, context: name))
    guard let name else {
      for name in order { contexts[name]?.waiting.removeAll() }
      let open = order.filter { contexts[$0]?.isClosing == false }
      return [acknowledgement] + open.flatMap { cut($0, at: now) }
    }
    contexts[name]?.waiting.removeAll()
    return [acknowledgement] + cut(name, at: now)
  }

  private mutating func update(_ update: SettingsUpdate) -> Action {
    do throws(ServiceError) {
      settings.merge(try RequestValidator.check(update, limits: profile.limits))
    } catch {
      return .error(error)
    }
    return .send(ServiceFrame(.settingsUpdated(settings.inEffect)))
  }

  private mutating func refuse(_ error: ServiceError, in name: String?) -> [Action] {
    if let name, contexts[name] != nil { return fail(name, error) }
    return [.send(ServiceFrame(.error(error), context: name))]
  }
}
