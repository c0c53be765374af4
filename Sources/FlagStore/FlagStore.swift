public import ControlPlane
internal import FlagModel
internal import GRDB

/// The control plane's storage on SQLite.
///
/// One connection writes and checkpoints, with `synchronous = FULL`: what a transaction reported is on disk. Any number
/// of readers see consistent states meanwhile. One process has the file open; a second one is refused. Both matter:
/// SQLite 3.7.0 to 3.51.2 can corrupt a file on which two connections write or checkpoint at the same moment.
///
/// ```swift
/// let store = try FlagStore(FlagStoreConfiguration(databasePath: path, migrationsDirectory: "migrations"))
/// let plane = try await ControlPlane(storage: store, now: clock)
/// ```
public final class FlagStore: Sendable {
    let pool: DatabasePool
    let cache = HeadCache()
    let reserve: any DiskReserve
    /// Held as long as the store is open.
    private let lock: ProcessLock

    /// The version of the SQLite library in use, such as `3.40.1`.
    public static var sqliteVersion: String {
        let number = Database.sqliteLibVersionNumber
        return "\(number / 1_000_000).\(number / 1000 % 1000).\(number % 1000)"
    }

    /// Opens the database, making it when there is none, and brings it to the layout that this program knows.
    ///
    /// - Parameter onReserveRelease: Called each time the reserve is given up because the disk is full, on whichever
    ///   thread that happens: the operator must free space before it is in place again.
    /// - Throws: ``ControlPlane/StorageFailure``, which says what to do.
    public convenience init(
        _ configuration: FlagStoreConfiguration, onReserveRelease: @escaping @Sendable () -> Void = {}
    ) throws(StorageFailure) {
        try self.init(configuration) { path in
            ReserveFile(path: path + "-reserve", size: configuration.reserveSize, onRelease: onReserveRelease)
        }
    }

    init(
        _ configuration: FlagStoreConfiguration, reserve makeReserve: (_ path: String) -> any DiskReserve
    ) throws(StorageFailure) {
        let migrations = try MigrationDirectory(path: configuration.migrationsDirectory).migrations()
        let path = try DatabaseFile(path: configuration.databasePath).prepare()
        self.lock = try ProcessLock(path: path + "-lock", guarding: configuration.databasePath)
        let reserve = makeReserve(path)
        self.reserve = reserve
        self.pool = try Self.open(path, readerCount: configuration.readerCount, reserve: reserve)
        try Migrator(migrations: migrations, path: path, directory: configuration.migrationsDirectory)
            .migrate(self.pool)
        // Without the reserve the store works as well; `hasReserve` says so.
        _ = reserve.restore()
    }

    /// Whether the file is in place that is given up when the disk is full.
    public var hasReserve: Bool { self.reserve.isInPlace }

    /// Closes the database; whatever is asked of the store afterwards fails.
    ///
    /// - Throws: ``ControlPlane/StorageFailure`` when a transaction is still running.
    public func close() throws(StorageFailure) {
        do {
            try self.pool.close()
        } catch {
            throw StorageFailure(error, at: self.pool.path)
        }
        self.lock.release()
    }

    private static func open(
        _ path: String, readerCount: Int, reserve: any DiskReserve
    ) throws(StorageFailure) -> DatabasePool {
        do {
            return try Self.open(path, readerCount: readerCount)
        } catch {
            // A full disk must not keep the server from starting: nobody could tell it to roll back.
            guard error.code == .full, reserve.release() else { throw error }
            return try Self.open(path, readerCount: readerCount)
        }
    }

    private static func open(_ path: String, readerCount: Int) throws(StorageFailure) -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = max(1, readerCount)
        configuration.foreignKeysEnabled = true
        configuration.label = "FlagStore"
        configuration.prepareDatabase { db in
            // Only the writer checkpoints.
            if db.configuration.readonly { try db.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
        }
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL after `prepareDatabase`, so this comes last.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        } catch {
            throw StorageFailure(error, at: path)
        }
    }
}
