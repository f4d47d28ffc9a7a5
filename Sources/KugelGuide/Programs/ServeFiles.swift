/// Files that a site begins with when it serves from several processes or from systemd.
package enum ServeFiles {
  /// Called `haproxy.cfg`.
  package static let balancer = """
    # Several kugel serve behind one address.
    global
      maxconn 4000

    defaults
      mode http
      timeout connect 2s
      timeout check 5s
      timeout client 60s
      timeout server 60s
      # A socket may be silent between turns; longer than --idle-timeout.
      timeout tunnel 65m
      # A machine that drains answers 503, one that is gone does not answer: ask another.
      retries 5
      option redispatch 1
      retry-on conn-failure empty-response response-timeout 503

    frontend speech
      bind :8000
      default_backend kugel

    backend kugel
      balance leastconn
      option httpchk GET /ready
      http-check expect status 200
      # No on-marked-down: a machine that drains speaks its turns to their end.
      default-server check inter 1s fastinter 250ms fall 1 rise 1 maxconn 1000
      server a 192.0.2.11:8000
      server b 192.0.2.12:8000

    """

  /// Called `kugel.service`.
  package static let service = """
    [Unit]
    Description=Text to speech by kugel
    Documentation=man:kugel-serve(1)
    Requires=kugel.socket
    After=kugel.socket

    [Service]
    Type=exec
    ExecStart=/usr/local/bin/kugel serve --api-key-file=%d/keys \\
      --dictionaries=%S/kugel/dictionaries
    LoadCredential=keys:/etc/kugel/keys
    StateDirectory=kugel
    Restart=on-failure
    # Longer than --drain-timeout, so that turns under way are spoken to their end.
    TimeoutStopSec=45
    LimitNOFILE=8192

    DynamicUser=yes
    UMask=0077
    NoNewPrivileges=yes
    CapabilityBoundingSet=
    ProtectSystem=strict
    ProtectHome=yes
    ProtectProc=invisible
    ProtectClock=yes
    ProtectHostname=yes
    ProtectControlGroups=yes
    ProtectKernelLogs=yes
    ProtectKernelModules=yes
    ProtectKernelTunables=yes
    PrivateDevices=yes
    PrivateTmp=yes
    PrivateUsers=yes
    RemoveIPC=yes
    RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    LockPersonality=yes
    MemoryDenyWriteExecute=yes
    SystemCallArchitectures=native
    SystemCallFilter=@system-service
    SystemCallFilter=~@privileged

    [Install]
    WantedBy=multi-user.target

    """

  /// Called `kugel.socket`.
  package static let socket = """
    [Unit]
    Description=Where kugel serve listens
    Documentation=man:kugel-serve(1)

    [Socket]
    ListenStream=0.0.0.0:8000
    Backlog=1024

    [Install]
    WantedBy=sockets.target

    """
}
