/// Lets a test wait until another task has come to a place, and lets that task wait until the test opens the way.
actor Gate {
    private var hasArrived = false
    private var isOpen = false
    private var arrivals: [CheckedContinuation<Void, Never>] = []
    private var waiters: [CheckedContinuation<Void, Never>] = []

    /// Says that the task is there, and goes on.
    func announce() {
        self.hasArrived = true
        for arrival in self.arrivals { arrival.resume() }
        self.arrivals = []
    }

    /// Says that the task is there, and waits.
    func wait() async {
        self.announce()
        if !self.isOpen { await withCheckedContinuation { self.waiters.append($0) } }
    }

    /// Waits until the task is there.
    func arrived() async {
        if !self.hasArrived { await withCheckedContinuation { self.arrivals.append($0) } }
    }

    /// Lets the task go on.
    func open() {
        self.isOpen = true
        for waiter in self.waiters { waiter.resume() }
        self.waiters = []
    }
}
