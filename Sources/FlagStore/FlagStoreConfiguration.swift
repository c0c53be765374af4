/// Where a ``FlagStore`` keeps its data, and how.
public struct FlagStoreConfiguration: Sendable, Hashable {
    /// The SQLite file. It and the directory it stands in are made when they do not exist, readable by their owner only.
    public var databasePath: String
    /// The directory of the migrations, `0001_….sql` and so on.
    public var migrationsDirectory: String
    /// The size of the file kept beside the database, to be given up when the disk is full so that a kill or rollback
    /// still succeeds. Bytes; 0: none.
    public var reserveSize: Int
    /// How many connections read at the same time, at least 1.
    public var readerCount: Int

    /// A configuration.
    public init(
        databasePath: String, migrationsDirectory: String, reserveSize: Int = 1 << 20, readerCount: Int = 4
    ) {
        self.databasePath = databasePath
        self.migrationsDirectory = migrationsDirectory
        self.reserveSize = reserveSize
        self.readerCount = readerCount
    }
}
