/// Files for a user's systemd, so that a voice that takes long to load is ready when `kugel say` is called.
package enum VoiceUnits {
  package static let text =
    "`kugel say` starts anew each time, and loading a natural voice takes longer than speaking a "
    + "short text. `kugel serve --socket` keeps voices loaded, and `kugel say -e piper` speaks "
    + "with it whenever it listens: same voices, same options, sooner. What is said to the engine with "
    + "`--set`, and a voice that is named by its file, stay with the process that was called. It can be "
    + "started by hand, as in `kugel serve -q -e piper --socket &`."

  package static let bySystemd =
    "Or systemd starts it when somebody first speaks: put the two files into `~/.config/systemd/user`, and "
    + "`systemctl --user enable --now kugel-voice.socket`. The socket:"

  package static let socket = """
    [Unit]
    Description=Where kugel say finds a voice ready
    Documentation=man:kugel-serve(1)

    [Socket]
    ListenStream=%t/kugel/piper.socket
    SocketMode=0600
    DirectoryMode=0700

    [Install]
    WantedBy=sockets.target

    """

  package static let service = """
    [Unit]
    Description=A voice that is ready for kugel say
    Documentation=man:kugel-serve(1)
    Requires=kugel-voice.socket
    After=kugel-voice.socket

    [Service]
    Type=exec
    ExecStart=/usr/local/bin/kugel serve --quiet -e piper --socket
    Restart=on-failure
    # Longer than --drain-timeout.
    TimeoutStopSec=45

    UMask=0077
    NoNewPrivileges=yes
    RestrictAddressFamilies=AF_UNIX
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    LockPersonality=yes
    SystemCallArchitectures=native
    SystemCallFilter=@system-service

    """
}
