/// Azure's services, by the types of their resources.
///
/// `ConsumedService` names a resource provider, which has many services: Microsoft's FinOps toolkit publishes what FOCUS calls each of them
/// (open data, `Services.csv`).
enum AzureServices {
    /// - Parameters:
    ///   - type: such as `microsoft.compute/virtualmachines`, in lower case.
    ///   - consumed: `ConsumedService` in lower case; it decides where several services share a type of resource.
    static func name(ofType type: String, consumed: String) -> String? { services["\(type)@\(consumed)"] ?? services[type] }

    private static let services: [String: String] = {
        var services: [String: String] = [:]
        for line in names.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            for type in parts[1].split(separator: " ") { services[String(type)] = String(parts[0]) }
        }
        return services
    }()

    /// A line for each service: its name, and behind the colon its types of resources.
    private static let names = """
        API Center: microsoft.apicenter/service microsoft.apicenter/services
        API Management: microsoft.apimanagement/gateways microsoft.apimanagement/service
        App Center: microsoft.appcenter/accounts
        App Configuration: microsoft.appconfiguration/configurationstores
        Application Gateway: microsoft.network/applicationgateways
        Application Gateway for Containers: microsoft.servicenetworking/trafficcontrollers
        Azure AI Bot Service: microsoft.botservice/botservices
        Azure AI Search: microsoft.search/searchservices microsoft.search/searchservices/sharedprivatelinkresources
        Azure AI Services: microsoft.cognitiveservices/accounts microsoft.cognitiveservices/commitmentplans
        Azure AI Video Indexer: microsoft.videoindexer/accounts
        Azure Analysis Services: microsoft.analysisservices/servers
        Azure App Service: microsoft.certificateregistration/certificateorders microsoft.domainregistration/domains \
        microsoft.security/pricings@appservices microsoft.web.admin/role microsoft.web/connections microsoft.web/containerapps \
        microsoft.web/hostingenvironments microsoft.web/serverfarms microsoft.web/sites/slots microsoft.web/sites@azure app \
        service microsoft.web/sites@microsoft.eventgrid microsoft.web/sites@microsoft.web microsoft.web/staticsites
        Azure Arc: microsoft.azurearcdata/postgresinstances microsoft.azurearcdata/sqlmanagedinstances \
        microsoft.azurearcdata/sqlserveresulicenses microsoft.azurearcdata/sqlserverinstances \
        microsoft.azurearcdata/sqlserverlicenses microsoft.hybridcompute/licenses microsoft.hybridcompute/machines \
        microsoft.hybridnetwork/sitenetworkservices microsoft.kubernetes/connectedclusters
        Azure Automation: microsoft.automation/automationaccounts
        Azure Backup: microsoft.dataprotection/backupvaults
        Azure Bastion: microsoft.network/bastionhosts
        Azure Cache for Redis: microsoft.cache/redis microsoft.cache/redisenterprise
        Azure Chaos Studio: microsoft.chaos/experiments
        Azure Communication Services: microsoft.communication/communicationservices
        Azure Communitcations Gateway: microsoft.voiceservices/communicationsgateways
        Azure Compute Fleet: microsoft.azurefleet/fleets
        Azure Confidential Ledger: microsoft.confidentialledger/ledgers microsoft.confidentialledger/managedccfs
        Azure Container Apps: microsoft.app/containerapps microsoft.app/jobs microsoft.app/managedenvironments \
        microsoft.app/sessionpools
        Azure Container Instances: microsoft.containerinstance/containergroups
        Azure Container Registry: microsoft.containerregistry/registries microsoft.security/pricings@containerregistry
        Azure Container Service: microsoft.containerservice/containerservices
        Azure DB for MariaDB: microsoft.dbformariadb/servers
        Azure DB for MySQL: microsoft.dbformysql/flexibleservers microsoft.dbformysql/servers
        Azure DB for PostgreSQL: microsoft.dbforpostgresql/flexibleservers microsoft.dbforpostgresql/servergroupsv2 \
        microsoft.dbforpostgresql/servers
        Azure DDoS Protection: microsoft.network/ddosprotectionplans
        Azure DNS: microsoft.network/dnsforwardingrulesets microsoft.network/dnsresolvers \
        microsoft.network/dnsresolvers/outboundendpoints microsoft.network/dnszones
        Azure Data Box: microsoft.databox/jobs microsoft.databoxedge/databoxedgedevices
        Azure Data Explorer: microsoft.kusto/clusters
        Azure Data Factory: microsoft.datafactory/datafactories microsoft.datafactory/factories \
        microsoft.datafactory/factories/pipelines microsoft.datafactory/factories/triggers
        Azure Data Lake Analytics: microsoft.datalakeanalytics/accounts
        Azure Data Lake Store: microsoft.datalakestore/accounts
        Azure Data Manager for Energy: microsoft.openenergyplatform/energyservices
        Azure Data Share: microsoft.datashare/accounts
        Azure Database Migration Service: microsoft.datamigration/sqlmigrationservices
        Azure Databricks: microsoft.databricks/workspaces
        Azure Dedicated HSM: microsoft.hardwaresecuritymodules/cloudhsmclusters microsoft.hardwaresecuritymodules/dedicatedhsms
        Azure Dedicated Host: microsoft.compute/hostgroups
        Azure DevOps: microsoft.visualstudio/organizations
        Azure Digital Twins: microsoft.digitaltwins/digitaltwinsinstances
        Azure Elastic SAN: microsoft.elasticsan/elasticsans
        Azure ExpressRoute: microsoft.network/expressroutecircuits microsoft.network/expressroutegateways \
        microsoft.network/expressrouteports microsoft.networkfunction/azuretrafficcollectors
        Azure FarmBeats: microsoft.agfoodplatform/farmbeats
        Azure File Sync: microsoft.storagesync/storagesyncservices
        Azure Firewall: microsoft.network/azurefirewalls
        Azure Firewall Manager: microsoft.network/firewallpolicies
        Azure Fluid Relay: microsoft.fluidrelay/fluidrelayservers
        Azure Front Door: microsoft.network/frontdoors microsoft.network/frontdoorwebapplicationfirewallpolicies
        Azure HPC Cache: microsoft.storagecache/amlfilesystems microsoft.storagecache/caches
        Azure Health Data Services: microsoft.healthcareapis/services microsoft.healthcareapis/workspaces \
        microsoft.healthdataaiservices/deidservices
        Azure Import/Export: microsoft.importexport/jobs
        Azure Internet Analyzer: microsoft.network/internetanalyzerprofiles
        Azure IoT Central: microsoft.iotcentral/iotapps
        Azure IoT Hub: microsoft.deviceregistry/billingcontainers microsoft.devices/iothubs \
        microsoft.devices/provisioningservices microsoft.deviceupdate/accounts
        Azure IoT Operations: microsoft.iotoperations/instances
        Azure Kubernetes Service: microsoft.containerservice/managedclusters microsoft.security/pricings@kubernetesservice
        Azure Lab Services: microsoft.labservices/labaccounts microsoft.labservices/labs
        Azure Load Testing: microsoft.loadtestservice/loadtests
        Azure Machine Learning: microsoft.machinelearning/commitmentplans microsoft.machinelearning/workspaces \
        microsoft.machinelearningservices/registries microsoft.machinelearningservices/workspaces
        Azure Managed Applications: microsoft.solutions/applications
        Azure Managed Grafana: microsoft.dashboard/grafana
        Azure Maps: microsoft.maps/accounts
        Azure Marketplace: marketplace/account microsoft.saas/resources microsoft.saas/saasresources
        Azure Media Services: microsoft.media/mediaservices microsoft.media/videoanalyzers
        Azure Migrate: microsoft.migrate/movecollections
        Azure Modeling and Simulation Workbench: microsoft.modsimworkbench/workbenches
        Azure Monitor: microsoft.insights/actiongroups microsoft.insights/components microsoft.insights/datacollectionrules \
        microsoft.insights/metricalerts microsoft.insights/pricings microsoft.insights/scheduledqueryrules \
        microsoft.monitor/accounts microsoft.networkanalytics/dataconnectors microsoft.networkanalytics/dataproducts \
        microsoft.operationalinsights/azurefirewall microsoft.operationalinsights/clusters \
        microsoft.operationalinsights/networksecuritygroups microsoft.operationalinsights/p2svpngateways \
        microsoft.operationalinsights/virtualnetworkgateways microsoft.operationalinsights/workspaces
        Azure NAT Gateway: microsoft.network/natgateways
        Azure NetApp Files: microsoft.netapp/netappaccounts microsoft.netapp/netappaccounts/capacitypools
        Azure Network Function Manager: microsoft.hybridnetwork/devices
        Azure Operator Nexus: microsoft.networkcloud/baremetalmachines
        Azure Orbital: microsoft.orbital/groundstations microsoft.orbital/spacecrafts microsoft.orbital/terminals
        Azure Peering Service: microsoft.peering/peerings
        Azure PlayFab: playfabbillingservice/blobs playfabbillingservice/catalogrequests playfabbillingservice/compute \
        playfabbillingservice/egress playfabbillingservice/events playfabbillingservice/executiontimegbs \
        playfabbillingservice/filestorage playfabbillingservice/flatfee playfabbillingservice/insightscredits \
        playfabbillingservice/inventoryreadrequests playfabbillingservice/inventorywriterequests \
        playfabbillingservice/itemstorage playfabbillingservice/lobbyrequests playfabbillingservice/matchmakingrequests \
        playfabbillingservice/messages playfabbillingservice/partyconnectivity playfabbillingservice/partyvoice \
        playfabbillingservice/playstream playfabbillingservice/reads playfabbillingservice/storage \
        playfabbillingservice/telemetry playfabbillingservice/totalexecution playfabbillingservice/writes
        Azure Private 5G Core: microsoft.mobilenetwork/mobilenetworks microsoft.mobilenetwork/packetcorecontrolplanes
        Azure Private Link: microsoft.network/privatednszones microsoft.network/privateendpoints
        Azure Quantum: microsoft.quantum/workspaces
        Azure Relay: microsoft.relay/namespaces
        Azure Reservations: microsoft.capacity/reservationorders microsoft.capacity/reservationorders/reservations
        Azure SQL Database: microsoft.sql/instancepools microsoft.sql/locations microsoft.sql/longtermretentionmanagedinstances \
        microsoft.sql/longtermretentionservers microsoft.sql/longtermretentionservers/longtermretentiondatabases \
        microsoft.sql/managedinstances microsoft.sql/servers microsoft.sql/servers/databases microsoft.sql/servers/elasticpools
        Azure Savings Plan for Compute: microsoft.billingbenefits/savingsplanorders \
        microsoft.billingbenefits/savingsplanorders/savingsplans
        Azure SignalR Service: microsoft.signalrservice/signalr microsoft.signalrservice/webpubsub
        Azure Site Recovery: microsoft.datareplication.admin/clusters microsoft.recoveryservices/vaults
        Azure Spring Apps: microsoft.appplatform/spring
        Azure Stack Edge: microsoft.edgeorder/orderitems
        Azure Stack HCI: microsoft.azurestackhci/clusters
        Azure StorSimple: microsoft.storsimple/managers
        Azure Stream Analytics: microsoft.streamanalytics/clusters microsoft.streamanalytics/streamingjobs
        Azure Synapse Analytics: microsoft.synapse/workspaces microsoft.synapse/workspaces/bigdatapools \
        microsoft.synapse/workspaces/kustopools microsoft.synapse/workspaces/sqlpools
        Azure Time Series Insights: microsoft.timeseriesinsights/environments
        Azure VMWare Solution: microsoft.nutanix/nodes
        Azure VMware Solution: microsoft.avs/privateclouds
        Azure Virtual Desktop: microsoft.desktopvirtualization/hostpools
        Azure Virtual Network Manager: microsoft.network/networkmanagers
        BareMetal Infrastructure: microsoft.baremetalinfrastructure/baremetalstorageinstances
        Batch: microsoft.batch/batchaccounts microsoft.batch/batchaccounts/pools
        Citrix Virtual App Essentials: citrix.services/xenappessentials
        Citrix Virtual Desktop Essentials: citrix.services/xendesktopessentials
        Cloud Services: microsoft.compute/cloudservices
        Community Training: microsoft.community/communitytrainings
        Content Delivery Network: microsoft.cdn/cdnwebapplicationfirewallpolicies microsoft.cdn/profiles
        Cosmos DB: microsoft.documentdb/cassandraclusters microsoft.documentdb/databaseaccounts \
        microsoft.documentdb/mongocluster microsoft.documentdb/mongoclusters
        Data Catalog: microsoft.datacatalog/catalogs
        Dynamics 365 Fraud Protection: microsoft.dynamics365fraudprotection/instances
        Event Grid: microsoft.eventgrid/domains microsoft.eventgrid/extensiontopics microsoft.eventgrid/namespaces \
        microsoft.eventgrid/partnertopics microsoft.eventgrid/systemtopics microsoft.eventgrid/topics
        Event Hubs: microsoft.eventhub/clusters microsoft.eventhub/namespaces
        Functions: microsoft.durabletask/schedulers microsoft.web/sites@functions
        GitHub Enterprise Cloud: github.enterprise/accounts github/enterpriseaccount
        HDInsight: microsoft.hdinsight/clusterpools microsoft.hdinsight/clusters microsoft.hdinsightfairfax/clusters
        Health Bot: microsoft.healthbot/healthbots
        Intelligent Recommendations: microsoft.recommendationsservice/accounts
        Key Vault: microsoft.keyvault/hsmpools microsoft.keyvault/managedhsms microsoft.keyvault/vaults
        Load Balancer: microsoft.network/loadbalancers
        Logic Apps: microsoft.logic/integrationaccounts microsoft.logic/integrationserviceenvironments microsoft.logic/workflows
        Managed DevOps Pools: microsoft.devopsinfrastructure/pools
        Microsoft Autonomous Systems: microsoft.autonomousdevelopmentplatform/workspaces
        Microsoft Bing: microsoft.bing/accounts
        Microsoft Copilot for Security: microsoft.securitycopilot/capacities
        Microsoft Defender for Cloud: microsoft.easm/workspaces microsoft.security/pricings@microsoft.security \
        microsoft.security/securityconnectors
        Microsoft Defender for Endpoint: microsoft.security/mdeservers
        Microsoft Defender for IoT: microsoft.iotsecurity/defendersettings
        Microsoft Dev Box: microsoft.devcenter/projects
        Microsoft Edge Enterprise: microsoft.edge/contexts
        Microsoft Entra Domain Services: microsoft.aad/domainservices
        Microsoft Entra External Identities: microsoft.azureactivedirectory/b2cdirectories \
        microsoft.azureactivedirectory/ciamdirectories microsoft.azureactivedirectory/guestusages
        Microsoft Entra ID: mfa/perauthentication mfa/peruser
        Microsoft Entra Verified ID: microsoft.verifiedid/authorities
        Microsoft Genomics: microsoft.genomics/accounts
        Microsoft Graph: microsoft.graph/accounts microsoft.graphservices/accounts
        Microsoft Graph Data Connect: microsoft.graph/azureadapplications
        Microsoft Premonition: microsoft.premonition/libraries
        Microsoft Purview: microsoft.purview/accounts
        Microsoft Syntex: microsoft.syntex/accounts microsoft.syntex/documentprocessors
        Microsoft Teams: microsoft.teams/telephonyservices
        Microsoft.Fabric: microsoft.fabric/capacities
        NGINX Plus: nginx.nginxplus/nginxdeployments
        Network Watcher: microsoft.network/networkwatchers microsoft.network/networkwatchers/connectionmonitors \
        microsoft.network/networkwatchers/flowlogs
        Notification Hubs: microsoft.notificationhubs/namespaces
        Object Anchors: microsoft.mixedreality/objectanchorsaccounts
        Playwright Testing: microsoft.azureplaywrightservice/accounts
        Power BI Embedded: microsoft.powerbidedicated/autoscalevcores microsoft.powerbidedicated/capacities
        Power Platforms: microsoft.powerplatform/accounts
        Remote Rendering: microsoft.mixedreality/remoterenderingaccounts
        SAP on Azure: microsoft.hanaonazure/hanainstances
        Service Bus: microsoft.servicebus/namespaces
        Spatial Anchors: microsoft.mixedreality/spatialanchorsaccounts
        Storage Accounts: microsoft.classicstorage/storageaccounts microsoft.storage/storageaccounts \
        microsoft.storage/storageaccounts/blobservices microsoft.storage/storageaccounts/fileservices \
        microsoft.storage/storageaccounts/queueservices microsoft.storage/storageaccounts/tableservices
        Test Base for Microsoft 365: microsoft.testbase/testbaseaccounts
        Traffic Manager: microsoft.network/trafficmanagerprofiles
        Trusted Signing: microsoft.codesigning/codesigningaccounts
        VPN Gateway: microsoft.network/p2svpngateways microsoft.network/vpngateways
        Virtual Machine Scale Sets: microsoft.compute/virtualmachinescalesets \
        microsoft.compute/virtualmachinescalesets/virtualmachines \
        microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces/ipconfigurations/publicipaddresses
        Virtual Machines: microsoft.classiccompute/domainnames microsoft.classiccompute/virtualmachines \
        microsoft.compute/capacityreservationgroups microsoft.compute/capacityreservationgroups/capacityreservations \
        microsoft.compute/disks microsoft.compute/galleries microsoft.compute/galleries/images/versions microsoft.compute/images \
        microsoft.compute/restorepointcollections microsoft.compute/sharedvmimages microsoft.compute/snapshots \
        microsoft.compute/virtualmachines microsoft.maintenance/maintenanceconfigurations \
        microsoft.security/pricings@virtualmachines
        Virtual Network: microsoft.classicnetwork/ipv4vip microsoft.classicnetwork/publicip \
        microsoft.classicnetwork/publicipaddresses microsoft.network/connections microsoft.network/networkinterfaces \
        microsoft.network/networksecuritygroups microsoft.network/networkvirtualappliances microsoft.network/publicipaddresses \
        microsoft.network/publicipprefixes microsoft.network/virtualnetworkgateways \
        microsoft.network/virtualnetworkgateways/connections microsoft.network/virtualnetworks
        Virtual WAN: microsoft.network/virtualhubs
        Windows for IoT: microsoft.windowsiot/deviceservices
        """
}
