import Glibc
import KugelCLI

exit(Front.run(in: .process(jobs: .live)).rawValue)
