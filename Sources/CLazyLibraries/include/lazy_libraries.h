#pragma once

/// Libraries of C that are opened when the first of their functions is called.
///
/// Loading and binding all of them takes longer than most runs of the program: `functions.def` names the
/// functions, `trampolines.S` has one in the place of each, which finds the real one once and goes there.
///
/// A library that cannot be opened ends the program, with a sentence and status 69: whoever makes something
/// that must not be left half done requires its library first.

/// Opens the library that has this file name; those that are not in the list are left alone.
///
/// Returns NULL when it is there, else why it is not, until the next call on the same thread.
const char *kugel_library_problem(const char *file);

/// Opens the library that has this file name, or ends the program as a call would.
void kugel_library_require(const char *file);
