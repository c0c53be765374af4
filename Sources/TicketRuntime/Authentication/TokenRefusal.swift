/// Why a credential proves nobody. Never holds the credential, nor anything quoted from it.
public enum TokenRefusal: Error, Sendable, Hashable {
    /// It is not good; the text says why, for backends and logs.
    case invalid(String)
    /// Whoever has to be asked cannot be reached. Try again after so many seconds.
    case unavailable(retryAfterSeconds: Int64)
}
