import FlagModel

extension TicketRecord {
    /// The first byte of an encoded record: the version of its layout. Markers of other kinds begin with a letter.
    static let layoutVersion: UInt8 = 1
    /// Where the owner's digest stands, for comparisons within a store.
    static let ownerRange = 3..<(3 + SubjectDigest.byteCount)

    private static let originFlag: UInt8 = 1
    private static let addressFlag: UInt8 = 2

    /// The record as a store outside the process keeps it.
    ///
    /// Layout, integers in big-endian order: version, kind, cohort (1 byte each), owner (16), issued and ends in
    /// milliseconds, revision, generation (8 each), flags (1); then texts, each after its length in 2 bytes: epoch, user
    /// id, e-mail address, the origin and the address if the flags say so, metadata; then the number of permissions in
    /// 2 bytes, and each as a text.
    var bytes: [UInt8] {
        ByteWriter.bytes(self.byteCount) { writer in
            writer.append(Self.layoutVersion)
            writer.append(self.kind.rawValue)
            writer.append(self.cohort.code)
            self.owner.withBytes { writer.append($0) }
            writer.append(self.issuedAt.millisecondsSinceEpoch)
            writer.append(self.expiresAt.millisecondsSinceEpoch)
            writer.append(self.revision)
            writer.append(self.generation)
            writer.append(
                (self.boundOrigin == nil ? 0 : Self.originFlag) | (self.boundAddress == nil ? 0 : Self.addressFlag))
            writer.append(self.epoch)
            writer.append(self.userID)
            writer.append(self.email)
            if let origin = self.boundOrigin { writer.append(origin) }
            if let address = self.boundAddress { writer.append(address) }
            writer.append(self.metadata.text)
            writer.append(UInt16(clamping: self.permissions.count))
            for permission in self.permissions { writer.append(permission) }
        }
    }

    private var byteCount: Int {
        var count = 3 + SubjectDigest.byteCount + 4 * 8 + 1 + 2
        count += ByteWriter.size(of: self.epoch) + ByteWriter.size(of: self.userID) + ByteWriter.size(of: self.email)
        if let origin = self.boundOrigin { count += ByteWriter.size(of: origin) }
        if let address = self.boundAddress { count += ByteWriter.size(of: address) }
        count += ByteWriter.size(of: self.metadata.text)
        for permission in self.permissions { count += ByteWriter.size(of: permission) }
        return count
    }

    /// Reads what ``bytes`` wrote, or nil for anything else: another version, a text that is not UTF-8, bytes missing or
    /// left over.
    init?(bytes: [UInt8]) {
        let record = bytes.withUnsafeBytes { memory in
            var reader = ByteReader(memory)
            guard let record = Self(reading: &reader), reader.isAtEnd else { return Self?.none }
            return record
        }
        guard let record else { return nil }
        self = record
    }

    private init?(reading reader: inout ByteReader) {
        guard reader.byte() == Self.layoutVersion,
            let kind = reader.byte().flatMap(TicketKind.init(rawValue:)),
            let cohort = reader.byte().flatMap(TicketCohort.init(code:)),
            let owner = reader.bytes(SubjectDigest.byteCount).flatMap({ SubjectDigest(bytes: $0) }),
            let issuedAt = reader.integer(), let expiresAt = reader.integer(),
            let revision = reader.integer(), let generation = reader.integer(),
            let flags = reader.byte(), flags <= Self.originFlag | Self.addressFlag,
            let epoch = reader.text(), let userID = reader.text(), let email = reader.text()
        else { return nil }
        var boundOrigin: String?
        if flags & Self.originFlag != 0 {
            guard let origin = reader.text() else { return nil }
            boundOrigin = origin
        }
        var boundAddress: String?
        if flags & Self.addressFlag != 0 {
            guard let address = reader.text() else { return nil }
            boundAddress = address
        }
        guard let metadata = reader.text().flatMap(TicketMetadata.init(text:)), let count = reader.length() else {
            return nil
        }
        var permissions: [String] = []
        permissions.reserveCapacity(Int(min(count, 256)))
        for _ in 0..<count {
            guard let permission = reader.text() else { return nil }
            permissions.append(permission)
        }
        self.init(
            kind: kind, cohort: cohort, owner: owner, userID: userID, email: email, permissions: permissions,
            metadata: metadata, issuedAt: Timestamp(millisecondsSinceEpoch: issuedAt),
            expiresAt: Timestamp(millisecondsSinceEpoch: expiresAt), revision: revision, boundOrigin: boundOrigin,
            boundAddress: boundAddress, epoch: epoch, generation: generation)
    }
}

extension TicketCohort {
    /// The byte that stands for the cohort in a record.
    fileprivate var code: UInt8 {
        switch self {
        case .unknown: 0
        case .control: 1
        case .targeted: 2
        case .rollout: 3
        case .everyone: 4
        }
    }

    fileprivate init?(code: UInt8) {
        guard let cohort = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = cohort
    }
}
