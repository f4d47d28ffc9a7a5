/// The gender that a number word takes on.
enum NumberGender: Sendable { case masculine, feminine, neuter }
