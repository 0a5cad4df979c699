import CostModel
import Diagnostics

/// Surveys one file of a bill, from the cache where that knows the file.
struct DeliverySurveyReader {
    let query: BillQuery
    let part: BillScan.Part
    let cache: BillCache?

    func survey(_ file: BillFile) -> DeliverySurvey {
        guard let cache, let key = cache.contentKey else { return read(file, DeliverySurvey()) }
        if let digest = cache.digest(of: file.file),
            let known = cache.load(
                name(of: digest, file, key),
                { (unpacker) throws(ByteUnpacker.Torn) in
                    try DeliverySurvey(&unpacker, key.byteHash)
                })
        {
            return known
        }
        let watch = ContentWatch(key)
        let survey = read(file.watched(by: watch), DeliverySurvey(key.byteHash))
        if let content = watch.content, !WorkLimit.isReached {
            cache.remember(content, of: file.file)
            var packer = BytePacker()
            survey.pack(into: &packer)
            cache.keep(packer, as: name(of: content.digest, file, key))
        }
        return survey
    }

    private func read(_ file: BillFile, _ survey: DeliverySurvey) -> DeliverySurvey {
        // What is wrong with a file is said when it is read for good.
        if let decoder = try? BillFileReader(query: query, numbers: BillNumbers(tagKeys: query.tagKeys)).decoder(for: file, of: part) {
            survey.costs = decoder.costs
            survey.shape = ([String(describing: type(of: decoder))] + ((try? file.table())?.columns ?? [])).joined(separator: ",")
            try? decoder.read(file, into: .survey(survey))
        }
        return survey
    }

    /// Which costs a file must state decides whether it is read at all.
    private func name(of content: ContentHash.Digest, _ file: BillFile, _ key: ContentHash.Key) -> String {
        var hash = BillCache.question(of: content, file, part, key)
        hash.update(field: "\(query.requiredBases.map(\.rawValue).sorted())")
        return "survey-\(BillCache.version)-\(hash.digest().hexText)"
    }
}
