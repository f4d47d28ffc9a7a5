/* A sound device that plays in time, and the time itself, both PACED_SPEED times as fast as life.
 *
 * Preloaded into a player it quickens the clocks and the waits that the player sees. As an ALSA plugin it is the
 * device, which plays by that clock and ends a poll when a period is over, as a card's interrupt does. It keeps
 * nothing; each time it runs dry it adds a byte to the file PACED_DRY. */
#define _GNU_SOURCE
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define BILLION 1000000000LL

struct device {
  snd_pcm_ioplug_t io;
  /* Nanoseconds of the quickened clock when it began to play; 0 while it stands. */
  long long since;
};

static long long speed = 1;
static int (*real_clock)(clockid_t, struct timespec *);
/* There is one at a time. */
static struct device *the_device;
static char sound[1 << 20];

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("PACED_SPEED");
  if (text && atoll(text) > 0) speed = atoll(text);
  real_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int answer = real_clock(clock, time);
  if (answer || (clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME && clock != CLOCK_MONOTONIC_RAW)) return answer;
  long long nanoseconds = time->tv_nsec * speed;
  time->tv_sec = time->tv_sec * speed + nanoseconds / BILLION;
  time->tv_nsec = nanoseconds % BILLION;
  return 0;
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * BILLION + time.tv_nsec;
}

static long long frames_played(const struct device *device) {
  return device->since ? (now() - device->since) * device->io.rate / BILLION : 0;
}

static long long until_next_period(const struct device *device) {
  if (!device->since) return 0;
  long long period = device->io.period_size, next = (frames_played(device) / period + 1) * period;
  return device->since + (next * BILLION + device->io.rate - 1) / device->io.rate - now();
}

int poll(struct pollfd *ends, nfds_t count, int milliseconds) {
  long long wait = milliseconds < 0 ? -1 : milliseconds * 1000000LL;
  struct pollfd *interrupt = NULL;
  for (nfds_t index = 0; the_device && index < count; index++)
    if (ends[index].fd == the_device->io.poll_fd) interrupt = &ends[index];
  if (interrupt) {
    long long period = until_next_period(the_device);
    if (wait < 0 || period < wait) wait = period;
  }
  if (wait > 0) wait = (wait + speed - 1) / speed;
  struct timespec limit = {wait / BILLION, wait % BILLION};
  int ready = ppoll(ends, count, wait < 0 ? NULL : &limit, NULL);
  if (!interrupt || ready < 0) return ready;
  interrupt->revents = POLLIN;
  return ready + 1;
}

static int start(snd_pcm_ioplug_t *io) {
  ((struct device *)io->private_data)->since = now();
  return 0;
}

static int stop(snd_pcm_ioplug_t *io) {
  ((struct device *)io->private_data)->since = 0;
  return 0;
}

static int ran_dry(void) {
  const char *path = getenv("PACED_DRY");
  int file = path ? open(path, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
  if (file >= 0 && write(file, "!", 1) >= 0) close(file);
  return -EPIPE;
}

static snd_pcm_sframes_t pointer(snd_pcm_ioplug_t *io) {
  long long played = frames_played(io->private_data), given = io->appl_ptr;
  if (played > given && io->state == SND_PCM_STATE_RUNNING) return ran_dry();
  return (played < given ? played : given) % io->buffer_size;
}

static snd_pcm_sframes_t transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
                                  snd_pcm_uframes_t offset, snd_pcm_uframes_t frames) {
  (void)io;
  size_t bytes = frames * areas->step / 8, first = (areas->first + offset * areas->step) / 8;
  memcpy(sound, (const char *)areas->addr + first, bytes < sizeof sound ? bytes : sizeof sound);
  return frames;
}

static int events(snd_pcm_ioplug_t *io, struct pollfd *end, unsigned int count, unsigned short *answer) {
  (void)io;
  (void)count;
  *answer = end->revents & POLLIN ? POLLOUT : 0;
  return 0;
}

static int leave(snd_pcm_ioplug_t *io) {
  the_device = NULL;
  close(io->poll_fd);
  free(io->private_data);
  return 0;
}

static const snd_pcm_ioplug_callback_t calls = {
  .start = start, .stop = stop, .prepare = stop, .pointer = pointer, .transfer = transfer, .poll_revents = events,
  .close = leave,
};

SND_PCM_PLUGIN_DEFINE_FUNC(paced) {
  (void)root;
  (void)conf;
  struct device *device = calloc(1, sizeof *device);
  if (!device) return -ENOMEM;
  snd_pcm_ioplug_t *io = &device->io;
  io->version = SND_PCM_IOPLUG_VERSION;
  io->name = "A device that plays in time";
  io->callback = &calls;
  io->private_data = device;
  io->poll_fd = eventfd(0, EFD_CLOEXEC);
  /* Never readable: `poll` says when a period is over. */
  io->poll_events = POLLIN;
  int answer = snd_pcm_ioplug_create(io, name, stream, mode);
  if (answer < 0) {
    close(io->poll_fd);
    free(device);
    return answer;
  }
  static const unsigned int accesses[] = {SND_PCM_ACCESS_RW_INTERLEAVED}, formats[] = {SND_PCM_FORMAT_S16_LE};
  snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1, accesses);
  snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, formats);
  snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, 1, 2);
  snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, 8000, 48000);
  snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 64, sizeof sound / 2);
  snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, 256, sizeof sound);
  snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIODS, 2, 1024);
  the_device = device;
  *pcmp = io->pcm;
  return 0;
}

SND_PCM_PLUGIN_SYMBOL(paced);
