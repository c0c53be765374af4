@testable import TicketRuntime

/// Where tests get tickets that were never issued.
let mint = TicketMint()
