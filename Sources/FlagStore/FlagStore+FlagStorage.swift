public import ControlPlane
internal import GRDB

extension FlagStore: FlagStorage {
    /// Answers a question about one consistent state, on a reader's connection.
    ///
    /// - Throws: what `query` throws, and ``ControlPlane/ControlPlaneError/storage(_:)``.
    public func read<Value: Sendable>(
        _ query: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Value
    ) async throws(ControlPlaneError) -> Value {
        let (pool, cache) = (self.pool, self.cache)
        let result: Result<Value, ControlPlaneError> = await withCheckedContinuation { continuation in
            pool.asyncRead { access in
                continuation.resume(
                    returning: Self.result(at: pool.path) {
                        try query(DatabaseState(try access.get(), at: pool.path, cache: cache))
                    })
            }
        }
        return try result.get()
    }

    /// Makes a decision and carries it out in one transaction on the writer's connection.
    ///
    /// In an emergency the reserve file is given up when the disk is full. Until it is back in place, other transactions
    /// are refused: the space it left is for emergencies.
    ///
    /// - Throws: what `decide` throws, and ``ControlPlane/ControlPlaneError/storage(_:)``.
    public func transact<Outcome: Sendable>(
        urgency: Urgency,
        _ decide: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Decision<Outcome>
    ) async throws(ControlPlaneError) -> Outcome {
        switch urgency {
        case .normal:
            guard self.reserve.restore() else { throw .storage(.full(at: self.pool.path)) }
            return try await self.attempt(decide)
        case .emergency:
            do {
                return try await self.attempt(decide)
            } catch {
                guard error.isFull else { throw error }
            }
            guard self.reserve.release() else { throw .storage(.fullWithoutReserve(at: self.pool.path)) }
            do {
                return try await self.attempt(decide)
            } catch {
                throw error.isFull ? .storage(.fullWithoutReserve(at: self.pool.path)) : error
            }
        }
    }

    private func attempt<Outcome: Sendable>(
        _ decide: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Decision<Outcome>
    ) async throws(ControlPlaneError) -> Outcome {
        let (pool, cache) = (self.pool, self.cache)
        // Not GRDB's async write: that one gives up when the task is cancelled, perhaps after the commit.
        let result: Result<Outcome, ControlPlaneError> = await withCheckedContinuation { continuation in
            pool.asyncWrite { db in
                let decision = try decide(DatabaseState(db, at: pool.path, cache: cache))
                try DatabaseWrites(db).perform(decision.writes)
                return decision
            } completion: { _, written in
                continuation.resume(
                    returning: Self.result(at: pool.path) {
                        let decision = try written.get()
                        cache.store(decision.writes)
                        return decision.outcome
                    })
            }
        }
        return try result.get()
    }

    private static func result<Value>(
        at path: String, _ body: () throws -> Value
    ) -> Result<Value, ControlPlaneError> {
        do {
            return .success(try body())
        } catch let refusal as ControlPlaneError {
            return .failure(refusal)
        } catch {
            return .failure(.storage(StorageFailure(error, at: path)))
        }
    }
}

extension ControlPlaneError {
    /// Whether no space was left.
    fileprivate var isFull: Bool {
        guard case .storage(let failure) = self else { return false }
        return failure.code == .full
    }
}
