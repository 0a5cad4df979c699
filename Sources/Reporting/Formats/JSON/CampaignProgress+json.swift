import CostModel
package import Game
package import JSON

extension JSONValue {
    package init(_ progress: CampaignProgress) {
        let campaign = progress.campaign
        var goal: JSONValue
        switch campaign.goal {
        case .fixed(let share): goal = ["fixed": .string(share.description), "verified": .null]
        case .verified(let money): goal = ["fixed": .null, "verified": JSONValue(money)]
        }
        self = [
            "name": .string(campaign.name), "from": .string(campaign.days.lowerBound.description),
            "to": .string(campaign.days.upperBound.description), "phase": .string(progress.phase.rawValue), "goal": goal,
            "share": JSONValue(percent: progress.share), "reached": .bool(progress.isReached), "unknown": JSONValue(progress.unknown),
            "countedFrom": JSONValue(progress.start?.description), "base": JSONValue(progress.base),
            "verifiedSavings": JSONValue(progress.verified), "verifiedChanges": JSONValue(progress.verifiedChanges),
            "prevented": JSONValue(progress.prevented.count), "caught": JSONValue(progress.caught?.findings),
            "burnDown": .array(
                progress.burnDown.map { step in
                    [
                        "day": .string(step.day.description), "open": JSONValue(step.findings), "atStake": JSONValue(step.atStake),
                    ]
                }),
        ]
    }
}
