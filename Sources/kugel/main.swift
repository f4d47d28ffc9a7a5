import Glibc
import KugelCLI
import KugelJobs

exit(Front.run(in: .process(jobs: .live)).rawValue)
