/// A reply on its way to the caller that waits for it.
struct Delivery<Waiter: Sendable>: Sendable {
    let waiter: Waiter
    let value: RedisValue
}
