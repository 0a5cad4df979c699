import CostModel
import Diagnostics
import Glibc

/// Reads one file of a bill into what several files add up to, from the cache where that knows the file.
struct TallyReader {
    let part: BillScan.Part
    let cache: BillCache?
    /// The file from its beginning.
    let open: () -> BillFile

    func read(into tally: BillSums) -> FileReading {
        if let cache, tally.aggregator.query.owner == nil, let reading = read(into: tally, cache) { return reading }
        return read(open, into: tally)
    }

    private func read(_ open: () -> BillFile, into tally: BillSums) -> FileReading {
        read(open(), into: tally, cores: Cores.count) ?? read(open(), into: tally, cores: 1) ?? FileReading()
    }

    /// Nil: only one row after another can be read.
    private func read(_ file: BillFile, into tally: BillSums, cores: Int) -> FileReading? {
        var isHeld = true
        let reader = BillFileReader(query: tally.aggregator.query, numbers: tally.numbers)
        let reading = reader.read(file, of: part) { (decoder) throws(FileFault) in
            isHeld = try decoder.read(file, into: tally, cores: cores)
        }
        return isHeld ? reading : nil
    }

    /// What the cache knows, or will know from now on. Nil: the file has to be read into the whole, because of what that holds already.
    private func read(into tally: BillSums, _ cache: BillCache) -> FileReading? {
        guard let key = cache.contentKey else { return nil }
        let file = open()
        // What an engine answered is no content of a file.
        guard file.file.answer == nil else { return nil }
        let own = tally.empty()
        if let digest = cache.digest(of: file.file),
            let reading = cache.load(
                name(of: digest, file, tally, key),
                { (unpacker) throws(ByteUnpacker.Torn) in
                    let reading = try FileReading(&unpacker, file: file.file.name)
                    try own.unpack(&unpacker, source: file.source)
                    return reading
                })
        {
            return tally.take(own) ? reading : nil
        }
        let watch = ContentWatch(key)
        let fresh = tally.empty()
        let reading = read({ open().watched(by: watch) }, into: fresh)
        if let content = watch.content, reading.format != nil, !WorkLimit.isReached {
            cache.remember(content, of: file.file)
            if fresh.packedSize <= cache.largestEntry {
                var packer = BytePacker()
                reading.pack(into: &packer)
                fresh.pack(into: &packer)
                cache.keep(packer, as: name(of: content.digest, file, tally, key))
            }
        }
        return tally.take(fresh) ? reading : nil
    }

    /// Everything that decides what a file adds up to.
    private func name(of content: ContentHash.Digest, _ file: BillFile, _ tally: BillSums, _ key: ContentHash.Key) -> String {
        var hash = BillCache.question(of: content, file, part, key)
        let query = tally.aggregator.query
        hash.update(field: "\(query.dimensions) \(query.bases) \(query.requiredBases.map(\.rawValue).sorted())")
        hash.update(field: "\(query.currency?.code ?? "") \(query.days.map { "\($0)" } ?? "") \(tally.days.basis)")
        hash.update(field: "\(query.tagKeys.count) \(query.rates.isEmpty ? "" : "\(query.rates.digest(key))")")
        if query.sumsQuantities { hash.update(field: "quantities") }
        for key in query.tagKeys { hash.update(field: key) }
        if let units = tally.units { hash.update(field: "units \(units.first)") }
        for resource in tally.usage?.resources ?? [] { hash.update(field: resource) }
        return "tally-\(BillCache.version)-\(hash.digest().hexText)"
    }
}

extension BillCache {
    /// What decides how a file is read, whatever is asked of it.
    static func question(
        of content: ContentHash.Digest, _ file: BillFile, _ part: BillScan.Part, _ key: ContentHash.Key
    ) -> ContentHash {
        var hash = ContentHash(key)
        hash.update(field: program)
        hash.update(content.bytes)
        hash.update(field: file.file.name)
        hash.update(field: "\(part.format?.title ?? "") \(part.usesOwnRates)")
        hash.update(field: "\(file.delivered.dataset ?? "") \(file.delivered.rows.map(String.init) ?? "")")
        hash.update(field: file.restated.map { "\($0.map(\.number).sorted())" } ?? "")
        return hash
    }

    /// Which build of the program runs: another one may read bills in another way.
    static let program: String = {
        var status = stat()
        return stat("/proc/self/exe", &status) == 0 ? FileEvidence(status).text : "\(UInt64.random(in: .min ... .max))"
    }()
}

extension ExchangeRates {
    /// The same for the same rates.
    fileprivate func digest(_ key: ContentHash.Key) -> UInt64 {
        let hash = key.byteHash
        var sum: UInt64 = 0
        forEach { currency, day, rate in
            var words = hash.hash(Array(currency.code.utf8))
            for word in [
                UInt64(truncatingIfNeeded: day.number), UInt64(truncatingIfNeeded: rate.raw), UInt64(truncatingIfNeeded: rate.raw >> 64),
            ] {
                words = hash.joined(words, word)
            }
            sum &+= words
        }
        return sum
    }
}

extension ByteHash {
    fileprivate func hash(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBufferPointer { hash($0) } }
}
