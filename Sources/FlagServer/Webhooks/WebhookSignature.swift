internal import ControlPlane
internal import Digest
internal import FlagModel
internal import Foundation

/// The headers by which a receiver knows that a request is ours, was not changed, and is not an old one sent again:
/// those of Standard Webhooks (standardwebhooks.com), so that its libraries verify them.
struct WebhookSignature {
    /// What a secret's text begins with.
    static let secretPrefix = "whsec_"

    /// The headers, by name.
    let headers: [(name: String, value: String)]

    /// Signs `id.timestamp.body` with HMAC-SHA-256.
    ///
    /// - Parameters:
    ///   - id: The event's id: the same at every attempt.
    ///   - at: When this attempt is made.
    init(id: String, body: String, at: Timestamp, secret: WebhookSecret) {
        let seconds = at.wholeSecondsSinceEpoch
        let code = HMACSHA256.authenticate("\(id).\(seconds).\(body)".utf8, key: secret.bytes)
        self.headers = [
            ("webhook-id", id), ("webhook-timestamp", String(seconds)),
            ("webhook-signature", "v1," + Data(code).base64EncodedString()),
        ]
    }
}

extension WebhookSecret {
    /// Draws a secret of 32 bytes.
    ///
    /// - Throws: ``CredentialFailure`` when no random bytes can be had.
    static func drawn() throws(CredentialFailure) -> WebhookSecret {
        do {
            guard let secret = WebhookSecret(try SecureRandom.bytes(32)) else {
                throw CredentialFailure(description: "32 bytes are no possible secret")
            }
            return secret
        } catch let failure as CredentialFailure {
            throw failure
        } catch {
            throw CredentialFailure(description: "\(error)")
        }
    }

    /// The secret that a text of the form `whsec_` and base64 names; nil for anything else.
    init?(text: String) {
        guard text.hasPrefix(WebhookSignature.secretPrefix),
            let data = Data(base64Encoded: String(text.dropFirst(WebhookSignature.secretPrefix.count)))
        else { return nil }
        self.init(Array(data))
    }

    /// The secret as a text. To be shown once.
    var text: String { WebhookSignature.secretPrefix + Data(self.bytes).base64EncodedString() }
}
