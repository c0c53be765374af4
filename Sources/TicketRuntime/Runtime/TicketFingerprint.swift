import Digest

/// What stands for a ticket in a log: two lines about one ticket can be brought together, and nothing else can be done
/// with it. The key is this process's own and forgotten with it.
struct TicketFingerprint: Sendable, CustomStringConvertible {
    /// Twelve hexadecimal digits.
    let description: String

    /// Makes fingerprints under one key.
    struct Maker: Sendable {
        private let key: [UInt8]

        /// A maker with a random key.
        ///
        /// Without random bytes it makes no fingerprints; the runtime issues no tickets then either.
        init() {
            do throws(SecureRandom.Failure) {
                self.key = try SecureRandom.bytes(32)
            } catch {
                self.key = []
            }
        }

        /// The fingerprint of what was presented as a ticket, whatever it is.
        func fingerprint(of text: String) -> TicketFingerprint {
            guard !self.key.isEmpty else { return TicketFingerprint(description: "unavailable") }
            let code = HMACSHA256.authenticate(text.utf8, key: self.key)
            return TicketFingerprint(description: Hexadecimal.encode(code.prefix(6)))
        }
    }
}
