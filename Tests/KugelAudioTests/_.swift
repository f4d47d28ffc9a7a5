import KugelAudio
