import KugelReading
import KugelText
import Testing

private func filters(_ policy: EmojiPolicy) -> TextFilters {
  var filters = TextFilters(.emoji)
  filters.emoji = policy
  return filters
}

@Test(arguments: [
  ("Great 🎉 news", "Great news"), ("Hi😀there", "Hithere"), ("👍🏽 ok", "ok"), ("👩‍👩‍👧‍👦 family", "family"),
  ("🇩🇪🇫🇷 flags", "flags"), ("❤️ love", "love"), ("❤ text", "❤ text"), ("1️⃣ first #️⃣ *️⃣", "1 first # *"),
  ("© ™ ✓ → stay", "© ™ ✓ → stay"), ("#1 and *2* at 5", "#1 and *2* at 5"), ("☀️ and ☀︎", "and ☀︎"),
  ("🏴󠁧󠁢󠁥󠁮󠁧󠁿 England", "England"), ("日本🎌語", "日本語"), ("ok 👌👌", "ok"), ("Done ✅.", "Done."),
])
func `pictures are left out, keys and signs stay`(written: String, spoken: String) {
  #expect(said(written, filters(.drop)).string == spoken)
  expectSameWhateverTheCuts(written, filters(.drop))
}

@Test(arguments: [
  ("en", "Great 🎉!", "Great party popper!"), ("de", "Toll 🎉", "Toll Konfettibombe"),
  ("fr", "Bravo 👍", "Bravo pouce vers le haut"), ("en", "Hi😀there", "Hi grinning face there"),
  ("en", "🦖", "t-rex"), ("de", "🇩🇪", "Flagge D E"), ("en", "Go 🇫🇷🇮🇹!", "Go flag F R flag I T!"),
  ("en", "👩‍👩‍👧‍👦 x", "family: woman, woman, girl, boy x"),
  ("en", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "flag G B E N G"), ("en", "👍🏽", "thumbs up"),
])
func `pictures are named on demand`(language: String, written: String, spoken: String) {
  #expect(said(written, filters(.name), language: language).string == spoken)
  expectSameWhateverTheCuts(written, filters(.name), language: language)
}
