import KugelCLI
