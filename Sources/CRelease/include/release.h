#pragma once

/// The commit that this program was built from, as `make build` tells it; "" where nobody told.
///
/// In C, so that another commit compiles one line anew and no module of Swift.
const char *kugel_release_commit(void);
