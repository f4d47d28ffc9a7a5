import KugelCore
