/// An error on its way to the caller that waits for a reply.
struct Failed<Waiter: Sendable>: Sendable {
    let waiter: Waiter
    let error: RedisError
}
