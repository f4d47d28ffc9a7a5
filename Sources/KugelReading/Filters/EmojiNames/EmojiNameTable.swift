/// Names of common pictures, for those who want to hear them.
///
/// Short names for reading aloud, from Unicode's CLDR 41. What has no name here is left out, but for
/// English, where the character's own name is said.
enum EmojiNameTable {}
