/// Azure's regions, by what `ResourceLocation` calls them.
///
/// The names are Microsoft's, as its FinOps toolkit publishes them (open data, `Regions.csv`): billing files spell a region as its id, as its
/// name, as its meters do (`EU West`), or by the code of a place.
enum AzureRegions {
    /// The id of a region, such as `westeurope`; nil: the name is not known.
    static func id(of location: String) -> String? { ids[location.lowercased()] }

    private static let ids: [String: String] = {
        var ids: [String: String] = [:]
        for line in names.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            let id = String(parts[0])
            ids[id] = id
            for name in parts.count > 1 ? parts[1].split(separator: ",") : [] { ids[String(name.dropFirst())] = id }
        }
        return ids
    }()

    /// A line for each region: its id, and behind the colon its other names.
    private static let names = """
        asiapacific
        australia
        australiacentral: au central, aucentral, australiac, cbr
        australiacentral2: au central 2, aucentral2, australiac2, canberra2, cbr2
        australiaeast: au east, aue, aueast, australia east, australia_east, eau, sy, syd, sydney
        australiasoutheast: au southeast, ausoutheast, australia southeast, melbourne, ml, seau
        austriaeast: at east, ate, austriae
        azurestack: azure stack
        belgiumcentral: be central, bec, belgiumc
        brazilsouth: br south, brazil south, brsouth, bso, cq, sao paulo, saopaulo, sbr
        brazilsoutheast: br southeast, brazilse, brse
        canadacentral: ca central, cac, cacentral, canada central, canandacentral, cc, centralcanada, toronto, yt
        canadaeast: ca east, cae, caeast, canada east, eastcanada, montreal, quebeccity, yq
        centralindia: central india, in central, inc, incentral, indiacentral, pn
        centralus: central us, cu, cus, dm, us central, uscentral
        centraluseuap
        chilecentral: chilec, cl central, clc
        chinaeast: cn east, sh
        chinaeast2: chinae2, cn east 2, sha
        chinaeast3: chinae3, cn east 3, cne3
        chinanorth: bj, chnorth, cn north
        chinanorth2: bjs, chinan2, cn north 2
        chinanorth3: chinan3, cn north 3, cnn3
        denmarkeast: denmark east, denmarke, dke
        eastasia: ap east, apeast, ase, asiaeast, ea, eas, east asia, east_asia, hk, hkg, hong kong, hongkong
        eastus: bl, east us, eu, eus, us east, us_east, useast
        eastus2: bn, east us 2, eastsu2, eu2, eus2, us east 2, us2, useast2
        eastus2euap
        eastus3: us east 3
        finlandcentral: fi central, finlandc, flc
        francecentral: fr central, france central, francec, frc, frcentral, par, paris
        francesouth: fr south, frances, frsouth, mrs
        germanycentral: de central, decentral, fr
        germanynorth: de north, den, germanyn
        germanynortheast: de northeast, lg
        germanywestcentral: de west central, dewc, dewestcentral, dwc, germany west central, germanywc, germanywcentral
        global: unassigned
        greececentral: gr central
        indiasouthcentral: in south central, indiasc, insc
        indonesiacentral: id central, idc, indonesiac
        israelcentral: il central, ilc, israelc
        italynorth: it north, italyn, itn
        japan
        japaneast: eastjapan, ja east, jaeast, japan east, japan_east, jpe, tokyo, ty
        japanwest: ja west, japan west, jawest, jpw, os, osaka
        jioindiacentral: in central jio, jinc, jioinc
        jioindiawest: in west jio, jinw, jioinw
        koreacentral: korea central, kr central, krc, krcentral, se
        koreasouth: korea south, kr south, krs, krsouth, ps
        malaysiasouth
        malaysiawest: malaysiaw, my west, myw
        mexicocentral: mexicoc, mx central, mxc
        newzealandnorth: newzealandn, nz north, nzn
        northcentralus: ch, chicago, ncus, north central us, us north central, usnorth, usnorthcentral
        northeurope: db, dublin, eu north, eunorth, europenorth, ne, neu, north europe, north_europe
        norwayeast: no east, noe, noeast, norwaye
        norwaywest: no west, norwayw, now
        polandcentral: pl central, plc, polandc
        qatarcentral: qa central, qac, qatarc, qatarentral
        saudiarabiaeast: sa east
        singaporecentral: singapore central, singaporec, singc
        southafricanorth: jnb, johannesburg, san, sanorth, southafrican, za north, zanorth
        southafricawest: cpt, sawest, southafricaw, za west, zawest
        southcentralus: sanantonio, scus, sn, south central us, us south central, ussouth, ussouthcentral
        southcentralus2
        southcentralusstg: usstagesc, ustsc
        southeastasia: ap southeast, apsoutheast, asiasoutheast, sea, seas, sg, singapore, south east asia, southeast asia, \
        southeast_asia, southsoutheastasia
        southeastus
        southindia: in south, indiasouth, ins, insouth, ma, sin, south india
        spaincentral: es central, esc, spainc
        swedencentral: se central, sec, sweden central, swedenc
        swedensouth: se south, ses, swedens
        switzerlandnorth: ch north, chn, switzerlandn
        switzerlandwest: ch west, chw, switzerlandw
        taiwannorth: taiwann, tw north, twn
        taiwannorthwest
        uaecentral: ae central, auh, uaec
        uaenorth: ae north, aen, aenorth, dubai, dxb, uaen
        uknorth: mm, uk north
        uksouth: gbs, ln, london, uk south, uks, unitedkingdomsouth, unitedkingdomsouth2
        uksouth2: lo, uk south 2
        ukwest: cw, uk west, ukw
        unitedstates
        usdodcentral: dd, us dod central
        usdodeast: bd, us dod east
        useast2euap
        usgovarizona: phx, us gov az, usa, usgov arizona, usgovaz, usgovsouthwest, usgovsw, ussgovarizona
        usgoviowa: us gov iowa, usgov iowa, usgovcentral
        usgovtexas: us gov tx, usgov south central, usgov texas, usgovsc, usgovsouthcentral, usgovtx
        usgovvirginia: us gov virginia, usgov virginia, usgoveast, usv
        usgovwyoming: usgovwc
        usseceast: us sec east, usse, ussece
        ussecwest: us sec west, ussecw, ussw
        ussecwestcentral: us sec west central, ussecwc, usswc
        ussouthcentral: dallas
        westcentralus: cy, us west central, uswestcentral, wcu, wcus, west central us
        westeurope: am, am2, amsterdam, eu west, europe, europewest, euwest, we, west europe, west_europe, weu
        westindia: bm, in west, indiawest, inw, inwest, mumbai, mumbai2, west india
        westus: by, silicon valley, siliconvalley, us west, us_west, uswest, west us, wu, wus
        westus2: mwh, seattle, us west 2, uswest2, west us 2, wu2, wus2
        westus3: us west 3, usw3, uswest3, wus3
        """
}
