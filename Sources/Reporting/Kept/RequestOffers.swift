package import CostModel
package import JSON

/// A request that the newest run offers, as far as a server shows it.
package struct RequestOffer: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Nothing stands in the way; a loop that writes opens it.
        case ready
        /// A request is open for it.
        case open
        /// Something stands in the way: `reason`.
        case waiting
        /// It was tried: `reason`.
        case failed
    }

    package struct Change: Hashable, Sendable {
        package var id: String
        package var title: String
        package var file: String
        package var line: Int?
        package var findings: [String]
        package var monthlySavings: Money?
        /// A unified diff, without values that look like secrets.
        package var patch: String?

        package init(
            id: String, title: String, file: String, line: Int?, findings: [String], monthlySavings: Money?, patch: String?
        ) {
            self.id = id
            self.title = title
            self.file = file
            self.line = line
            self.findings = findings
            self.monthlySavings = monthlySavings
            self.patch = patch
        }
    }

    /// Of the group: the same as long as it is about the same.
    package var id: String
    package var team: String?
    package var policies: [PolicyReference]
    package var title: String
    package var findings: [String]
    package var atStake: Money
    package var monthlySavings: Money?
    package var changes: [Change]
    package var standing: State
    package var reason: String?
    /// Its address, or its branch.
    package var request: String?

    package init(
        id: String, team: String?, policies: [PolicyReference], title: String, findings: [String], atStake: Money, monthlySavings: Money?,
        changes: [Change], standing: State = .ready, reason: String? = nil, request: String? = nil
    ) {
        self.id = id
        self.team = team
        self.policies = policies
        self.title = title
        self.findings = findings
        self.atStake = atStake
        self.monthlySavings = monthlySavings
        self.changes = changes
        self.standing = standing
        self.reason = reason
        self.request = request
    }
}

/// All of them, as the loop leaves them in the ledger.
package struct RequestOffers: Hashable, Sendable {
    package var revision: String
    package var madeAt: Instant
    /// The most valuable first.
    package var offers: [RequestOffer]

    package init(revision: String, madeAt: Instant, offers: [RequestOffer]) {
        self.revision = revision
        self.madeAt = madeAt
        self.offers = offers
    }
}

extension RequestOffers: KeptDocument {
    package static var key: String { "kept-offers" }
    package static var version: Int { 1 }

    package var json: JSONValue {
        [
            "revision": .string(revision), "madeAt": .string(madeAt.description),
            "offers": .array(
                offers.map { offer in
                    [
                        "id": .string(offer.id), "team": JSONValue(offer.team), "policies": .array(offer.policies.map { JSONValue($0) }),
                        "title": .string(offer.title), "findings": JSONValue(offer.findings), "atStake": JSONValue(offer.atStake),
                        "monthlySavings": JSONValue(offer.monthlySavings), "changes": .array(offer.changes.map(\.json)),
                        "standing": .string(offer.standing.rawValue), "reason": JSONValue(offer.reason),
                        "request": JSONValue(offer.request),
                    ]
                }),
        ]
    }

    package init(json: JSONValue) throws {
        let fields = KeptFields(json)
        self.init(
            revision: try fields.text("revision"), madeAt: try fields.instant("madeAt"),
            offers: try fields.list("offers") { (fields) throws(DamagedDocument) in
                RequestOffer(
                    id: try fields.text("id"), team: try fields.textOrNull("team"), policies: try fields.policies("policies"),
                    title: try fields.text("title"), findings: try fields.texts("findings"), atStake: try fields.money("atStake"),
                    monthlySavings: try fields.moneyOrNull("monthlySavings"),
                    changes: try fields.list("changes", RequestOffer.Change.init(kept:)), standing: try fields.word("standing"),
                    reason: try fields.textOrNull("reason"), request: try fields.textOrNull("request"))
            })
    }
}

extension RequestOffer.Change {
    fileprivate var json: JSONValue {
        [
            "id": .string(id), "title": .string(title), "file": .string(file), "line": JSONValue(line), "findings": JSONValue(findings),
            "monthlySavings": JSONValue(monthlySavings), "patch": JSONValue(patch),
        ]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        let line = try fields.value("line")
        self.init(
            id: try fields.text("id"), title: try fields.text("title"), file: try fields.text("file"),
            line: line == .null ? nil : try fields.integer("line"), findings: try fields.texts("findings"),
            monthlySavings: try fields.moneyOrNull("monthlySavings"), patch: try fields.textOrNull("patch"))
    }
}
