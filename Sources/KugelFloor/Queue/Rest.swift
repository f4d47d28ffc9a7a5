import Glibc

/// Sleeps for so long.
func rest(_ time: Duration) { usleep(useconds_t(max(0, time / .microseconds(1)))) }
