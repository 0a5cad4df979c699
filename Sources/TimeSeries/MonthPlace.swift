/// Where in its month a day stands. Days are counted from 1970-01-01 in the proleptic Gregorian calendar.
///
/// The formulas are those of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
struct MonthPlace: Equatable {
    /// Months since the year 0, so that the month before is one less.
    var month: Int
    /// 1 to 31.
    var day: Int
    /// 0 on the month's last day.
    var daysToEnd: Int

    init(epochDay: Int) {
        let shifted = epochDay + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let number = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        month = (yearOfEra + era * 400 + (number <= 2 ? 1 : 0)) * 12 + number - 1
        daysToEnd = Self.firstDay(of: month + 1) - epochDay - 1
    }

    /// The day since 1970-01-01 of a month's first day.
    static func firstDay(of month: Int) -> Int {
        let number = month % 12 + 1
        let year = month / 12 - (number <= 2 ? 1 : 0)
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (number > 2 ? number - 3 : number + 9) + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func length(of month: Int) -> Int { firstDay(of: month + 1) - firstDay(of: month) }

    /// The days at the same place of the three months before: by the day of the month, and for the last four days by the days to the
    /// end. Days that a month does not have are left out.
    static func precedents(of epochDay: Int) -> (byDay: [Int], byEnd: [Int]) {
        let place = MonthPlace(epochDay: epochDay)
        var byDay: [Int] = []
        var byEnd: [Int] = []
        for back in 1...3 {
            let month = place.month - back
            if place.day <= length(of: month) { byDay.append(firstDay(of: month) + place.day - 1) }
            if place.daysToEnd < 4 { byEnd.append(firstDay(of: month + 1) - 1 - place.daysToEnd) }
        }
        return (byDay, byEnd)
    }
}
