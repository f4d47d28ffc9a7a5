import Glibc
import KugelCLI
import KugelDoctor
import KugelJobs
import KugelShop
import KugelStudio

let status = Front.run(in: .process(jobs: Jobs.all.withShop.withLibraries)).rawValue
#if LEAKS_ARE_LOOKED_FOR
  exit(status)
#else
  // The libraries would tidy up what goes with the process anyway, for a twentieth of a short run's time.
  fflush(nil)
  quick_exit(status)
#endif
