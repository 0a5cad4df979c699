import CostModel
import Game

extension [CampaignProgress] {
    /// Each campaign in a sentence, with what was prevented and how much is left week by week.
    func text(_ style: TextStyle) -> String {
        map { progress in
            let said = [progress.prevented.sentence] + [progress.caught?.sentence].compactMap(\.self)
            let sentences =
                StyledText(progress.line, .bold).rendered(style) + said.map { "\n  " + StyledText($0).rendered(style) }.joined()
            return sentences + "\n" + progress.burnDownTable.render(style)
        }
        .joined(separator: "\n")
    }
}

extension CampaignProgress {
    /// The bar is of the most that was at stake.
    fileprivate var burnDownTable: TextTable {
        var table = TextTable([.init("end of"), .init("open", .trailing), .init("at stake in 28 days", .trailing), .init()])
        let most = burnDown.map(\.atStake.amount).max() ?? .zero
        for step in burnDown {
            let share = most.isZero ? 0 : step.atStake.amount.ratio(to: most) ?? 0
            table.append([
                StyledText(step.day.description), StyledText("\(step.findings)"), StyledText(step.atStake.cents),
                StyledText(Bar.of(share, width: 20)),
            ])
        }
        return table
    }
}
