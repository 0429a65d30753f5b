import type { SlidePlan } from './compiler/plan.ts'
import { defineDecks } from './compiler/plan.ts'

/**
 * The plan of the talk, by the headings' ids, in the talk's order. English and French articles share it: they have the same ids.
 * `minutes` add up to the whole talk (45 to 60), those marked `short` to the path of about 20.
 */
const slides: Record<string, SlidePlan> = {
  'cover': {
    component: 'ClusterStar',
    minutes: 0.5,
    notes: {
      en: 'Welcome. One file leads us through this talk: a Deployment of three pods. At the end of it everyone here can say, without slides, who does what between kubectl apply and the first visit.',
      fr: 'Bienvenue. Un seul fichier nous guide : un Deployment de trois pods. À la fin, chacun ici saura dire, sans diapositives, qui fait quoi entre kubectl apply et la première visite.',
    },
  },
  'kubernetes-architecture': { short: true, minutes: 0.5 },
  'desired-state': {
    short: true,
    minutes: 1,
    ask: {
      en: 'A machine dies at three in the morning. In your place of work, who notices first?',
      fr: 'Une machine meurt à trois heures du matin. Chez vous, qui s’en aperçoit le premier ?',
    },
  },
  'the-thread': {
    short: true,
    minutes: 1,
    ask: {
      en: 'Which of these lines says where the pods should run?',
      fr: 'Laquelle de ces lignes dit où les pods doivent tourner ?',
    },
    notes: {
      en: 'Answer: none of them. The file says what, how many and how large; where is the scheduler’s affair.',
      fr: 'Réponse : aucune. Le fichier dit quoi, combien et de quelle taille ; où, c’est l’affaire du planificateur.',
    },
  },
  'two-layers': {
    diagram: 'component-layers',
    steps: [['kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager', 'cloud-controller-manager'], ['kubelet-1', 'runtime-1', 'proxy-1', 'kubelet-2', 'runtime-2', 'proxy-2'], ['kube-apiserver']],
    wide: true,
    short: true,
    minutes: 1.5,
    ask: {
      en: 'Which of these boxes could we switch off for a minute without a visitor noticing?',
      fr: 'Lesquelles de ces boîtes pourrait-on éteindre une minute sans qu’un visiteur le remarque ?',
    },
    notes: {
      en: 'Answer: any of them, for a minute. What runs goes on running, and the rules stay in the kernel; only decisions have to wait.',
      fr: 'Réponse : toutes, pour une minute. Ce qui tourne continue de tourner, et les règles restent dans le noyau ; seules les décisions attendent.',
    },
  },
  'hub': {
    lead: false,
    actor: 'kube-apiserver',
    short: true,
    minutes: 1.5,
    ask: {
      en: 'How does the kubelet learn that it has a new pod, if nobody calls it?',
      fr: 'Comment le kubelet apprend-il qu’il a un nouveau pod, si personne ne l’appelle ?',
    },
    notes: {
      en: 'Answer: it watches the API server for pods that carry its node’s name.',
      fr: 'Réponse : il observe, auprès du serveur d’API, les pods qui portent le nom de son nœud.',
    },
  },
  'two-doors': {
    diagram: 'macro-architecture',
    steps: [['kubectl', 'kube-apiserver', 'etcd', 'kube-scheduler', 'kube-controller-manager', 'kubelet'], ['visitors', 'kube-proxy', 'rules', 'pods']],
    wide: true,
    minutes: 1,
    ask: {
      en: 'The control plane is down. Does the web site still answer?',
      fr: 'Le plan de contrôle est en panne. Le site répond-il encore ?',
    },
  },
  'apply-to-ready': {
    diagram: 'apply-to-ready',
    steps: [['kubectl', 'kube-apiserver'], ['deployment-controller', 'kube-apiserver'], ['replicaset-controller', 'kube-apiserver'], ['kube-scheduler', 'kube-apiserver'], ['kubelet', 'kube-apiserver'], ['endpointslice-controller', 'kube-apiserver'], ['kube-apiserver', 'kube-proxy']],
    wide: true,
    short: true,
    minutes: 1.5,
    ask: {
      en: 'Which of the seven could you stop without a pod that already runs being hurt?',
      fr: 'Laquelle des sept pourrait-on arrêter sans nuire à un pod qui tourne déjà ?',
    },
    notes: {
      en: 'Answer: any of them, for a while. The first to be missed is the kubelet: after about six minutes of silence its node counts as lost, and its pods are replaced elsewhere.',
      fr: 'Réponse : n’importe laquelle, pour un temps. La première qui manque est le kubelet : après six minutes de silence environ, son nœud passe pour perdu et ses pods sont remplacés ailleurs.',
    },
  },

  'kubernetes-solutions': { minutes: 0.5 },
  'conformance': {
    minutes: 1,
    ask: {
      en: 'What does the certificate not promise?',
      fr: 'Que ne promet pas le certificat ?',
    },
  },
  'who-runs-what': {
    steps: [['hosted'], ['distribution'], ['installer'], ['bare metal']],
    component: 'WhoRunsWhat',
    wide: true,
    minutes: 2,
    ask: {
      en: 'A pod of yours will not start on a managed cluster. Is that the provider’s affair or yours?',
      fr: 'Sur un cluster managé, un de vos pods ne démarre pas. Est-ce l’affaire du fournisseur ou la vôtre ?',
    },
    notes: {
      en: 'Answer: yours, as a rule. The image, the requests and the rights are yours. It is the provider’s when the API server does not answer or nodes fail to join.',
      fr: 'Réponse : la vôtre, en général. L’image, les demandes et les droits sont à vous. C’est celle du fournisseur si le serveur d’API ne répond pas ou si des nœuds n’arrivent pas.',
    },
  },
  'ovh-kaas': {
    diagram: 'ovh-kaas',
    steps: [['provider', 'a', 'api-a', 'loops-a', 'b', 'api-b', 'loops-b', 'etcd'], ['openstack', 'node-a1', 'node-a2', 'node-b1'], ['api-a', 'node-a1', 'node-a2', 'api-b', 'node-b1']],
    wide: true,
    minutes: 1.5,
    ask: {
      en: 'And who runs the control plane of the outer cluster?',
      fr: 'Et qui fait tourner le plan de contrôle du cluster extérieur ?',
    },
    notes: {
      en: 'Answer: the provider’s own engineers. The nesting has to end somewhere: in a control plane that no other cluster repairs.',
      fr: 'Réponse : les ingénieurs du fournisseur. L’emboîtement doit finir quelque part : par un plan de contrôle qu’aucun autre cluster ne relève.',
    },
  },
  'bare-metal-parts': {
    minutes: 1,
    ask: {
      en: 'Which of the four would cost you the most sleep?',
      fr: 'Laquelle des quatre vous ôterait le plus de sommeil ?',
    },
    notes: {
      en: 'No right answer: ask whoever names one what happened that night.',
      fr: 'Pas de bonne réponse : à qui en cite une, demandez ce qui s’est passé cette nuit-là.',
    },
  },

  'cncf': { minutes: 0.5 },
  'landscape-2017': {
    component: 'LandscapeLayers',
    steps: [['infrastructure'], ['provisioning'], ['runtime'], ['orchestration'], ['application'], ['platforms', 'observability']],
    wide: true,
    minutes: 1,
    ask: {
      en: 'In which layer do you spend most of your day?',
      fr: 'Dans quelle couche passez-vous le plus clair de vos journées ?',
    },
  },
  'landscape-2026': {
    steps: [['graduated'], ['kubernetes', 'coredns', 'containerd', 'etcd']],
    component: 'Landscape',
    wide: true,
    minutes: 1.5,
    ask: {
      en: 'Which of these projects have you already used, perhaps without knowing it?',
      fr: 'Lesquels de ces projets avez-vous déjà utilisés, peut-être sans le savoir ?',
    },
    notes: {
      en: 'Answer: etcd and containerd, and most often CoreDNS. Whoever has used a cluster has used them.',
      fr: 'Réponse : etcd et containerd, et le plus souvent CoreDNS. Qui a utilisé un cluster les a utilisés.',
    },
  },
  'exams': {
    diagram: 'certifications',
    steps: [['kcna', 'kcsa'], ['ckad', 'cka'], ['cks'], ['kubestronaut']],
    wide: true,
    minutes: 1.5,
    ask: {
      en: 'Why would an examiner give most marks for troubleshooting?',
      fr: 'Pourquoi un examinateur donnerait-il le plus de points au dépannage ?',
    },
    notes: {
      en: 'Answer: because only those who know which part does what know where to look. The rest of this talk practises just that.',
      fr: 'Réponse : parce que seul celui qui sait quelle pièce fait quoi sait où chercher. La suite de l’exposé y entraîne.',
    },
  },

  'control-plane-components': { short: true, minutes: 0.5 },
  'five-programs': {
    short: true,
    items: false,
    minutes: 1,
    ask: {
      en: 'Which one of the five must never be lost?',
      fr: 'Lequel des cinq ne doit jamais être perdu ?',
    },
    notes: {
      en: 'Answer: etcd. The other four can be started again from their configuration; what etcd has lost, nobody else knows.',
      fr: 'Réponse : etcd. Les quatre autres se relancent à partir de leur configuration ; ce qu’etcd a perdu, personne d’autre ne le sait.',
    },
  },
  'etcd-role': {
    actor: 'etcd',
    short: true,
    minutes: 1,
    ask: {
      en: 'What could somebody do who may write to etcd, but has no rights in the cluster?',
      fr: 'Que pourrait faire quelqu’un qui peut écrire dans etcd, sans aucun droit dans le cluster ?',
    },
    notes: {
      en: 'Answer: everything. They could make themselves administrator, read every Secret that is not encrypted, delete what they like. No right is checked there.',
      fr: 'Réponse : tout. Se nommer administrateur, lire chaque Secret non chiffré, supprimer à volonté. Là, aucun droit n’est vérifié.',
    },
  },
  'etcd-watch': {
    scene: 'etcd-watch',
    actor: 'etcd',
    minutes: 2.5,
    ask: {
      en: 'What must a watcher remember to miss nothing in a minute’s absence? And in an hour’s?',
      fr: 'Que doit retenir un observateur pour ne rien manquer en une minute d’absence ? Et en une heure ?',
    },
    notes: {
      en: 'Answer: the last revision that it saw. After an hour that has been compacted away, and only a new list helps.',
      fr: 'Réponse : la dernière révision qu’il a vue. Au bout d’une heure elle est compactée, et seule une nouvelle liste aide.',
    },
  },
  'etcd-raft': {
    scene: 'etcd-raft',
    actor: 'etcd',
    minutes: 3,
    ask: {
      en: 'Do four members survive more failures than three?',
      fr: 'Quatre membres survivent-ils à plus de pannes que trois ?',
    },
    notes: {
      en: 'Answer: no. A majority of four is three, so four survive the loss of one, like three, and there is one more that can fail. That is why the number is odd.',
      fr: 'Réponse : non. La majorité de quatre est trois : quatre survivent à la perte d’un seul, comme trois, et il y en a un de plus qui peut tomber. D’où un nombre impair.',
    },
  },
  'etcd-wrong': {
    lead: false,
    actor: 'etcd',
    kind: 'wrong-right',
    minutes: 1.5,
    ask: {
      en: 'What would every node need, if each kubelet asked etcd itself?',
      fr: 'Que faudrait-il sur chaque nœud si les kubelets interrogeaient etcd eux-mêmes ?',
    },
  },
  'apiserver-role': {
    actor: 'kube-apiserver',
    short: true,
    minutes: 1,
    ask: {
      en: 'Which of these six requests could we lose and still get three Ready pods?',
      fr: 'Laquelle de ces six requêtes pourrait-on perdre et obtenir quand même trois pods Ready ?',
    },
    notes: {
      en: 'Answer: the last one. The pods would be Ready, but no Service would know their addresses, and no visitor would find them.',
      fr: 'Réponse : la dernière. Les pods seraient Ready, mais aucun Service ne connaîtrait leurs adresses, et nul visiteur ne les trouverait.',
    },
  },
  'api-request': {
    scene: 'api-request',
    actor: 'kube-apiserver',
    minutes: 3,
    ask: {
      en: 'You get a 403 and your neighbour a 422 for the same file. Who has to change what?',
      fr: 'Vous recevez un 403, votre voisin un 422, pour le même fichier. Qui doit changer quoi ?',
    },
    notes: {
      en: 'Answer: you need a right, from an administrator; your neighbour has it and must mend the file. Once you have the right, you will get the 422 too: rights are checked before the file is.',
      fr: 'Réponse : il vous manque un droit, qu’un administrateur accorde ; votre voisin l’a et doit corriger le fichier. Une fois le droit obtenu, le 422 vous attend aussi : les droits sont vérifiés avant le fichier.',
    },
  },
  'watch-fanout': {
    scene: 'watch-fanout',
    actor: 'kube-apiserver',
    minutes: 2.5,
    ask: {
      en: 'What does a watcher lose that has to list everything again?',
      fr: 'Que perd un observateur qui doit relire toute la liste ?',
    },
    notes: {
      en: 'Answer: the steps in between, which no controller needs, since it compares states. The price is the list: every object once more.',
      fr: 'Réponse : les étapes intermédiaires, dont aucun contrôleur n’a besoin, puisqu’il compare des états. Le prix, c’est la liste : tous les objets une fois de plus.',
    },
  },
  'kcm-role': {
    diagram: 'reconcile-loop',
    steps: [['kube-apiserver', 'watch'], ['watch', 'compare'], ['compare', 'act'], ['act', 'kube-apiserver']],
    wide: true,
    actor: 'kube-controller-manager',
    short: true,
    minutes: 1.5,
    ask: {
      en: 'You delete one of the three pods. How many are there a second later?',
      fr: 'Vous supprimez l’un des trois pods. Combien y en a-t-il une seconde plus tard ?',
    },
    notes: {
      en: 'Answer: three that count, and often a fourth that is still ending: the replacement is created at once, while the deleted pod has up to 30 seconds to finish.',
      fr: 'Réponse : trois qui comptent, et souvent un quatrième qui s’éteint : le remplaçant est créé aussitôt, et le pod supprimé a jusqu’à 30 secondes pour finir.',
    },
  },
  'kcm-wrong': {
    actor: 'kube-controller-manager',
    kind: 'wrong-right',
    minutes: 1,
    ask: {
      en: 'What has your application written to a pod’s disk that the next pod will miss?',
      fr: 'Qu’a écrit votre application sur le disque d’un pod, que le suivant n’aura pas ?',
    },
  },
  'ccm-role': {
    diagram: 'cloud-controllers',
    steps: [['kube-apiserver', 'node-controller', 'cloud'], ['kube-apiserver', 'route-controller', 'cloud'], ['kube-apiserver', 'service-controller', 'cloud']],
    wide: true,
    actor: 'cloud-controller-manager',
    minutes: 1.5,
    ask: {
      en: 'What happens on bare metal to a Service that asks for a load balancer?',
      fr: 'En bare metal, qu’arrive-t-il à un Service qui demande un répartiteur de charge ?',
    },
  },
  'scheduler-role': {
    actor: 'kube-scheduler',
    kind: 'wrong-right',
    short: true,
    minutes: 1.5,
    ask: {
      en: 'What happens to a pod that asks for nothing?',
      fr: 'Qu’arrive-t-il à un pod qui ne demande rien ?',
    },
    notes: {
      en: 'Answer: as far as CPU and memory go it fits everywhere, even on a full node; when memory runs short there, it is among the first to go.',
      fr: 'Réponse : côté CPU et mémoire, il tient partout, même sur un nœud plein ; quand la mémoire y manque, il est parmi les premiers à partir.',
    },
  },
  'scheduler-decision': {
    scene: 'scheduler-decision',
    actor: 'kube-scheduler',
    short: true,
    minutes: 3,
    ask: {
      en: 'Before we look: which node would you choose, and why?',
      fr: 'Avant de regarder : quel nœud choisiriez-vous, et pourquoi ?',
    },
  },
  'scheduler-unschedulable': {
    scene: 'scheduler-unschedulable',
    wide: true,
    actor: 'kube-scheduler',
    minutes: 2.5,
    ask: {
      en: 'Where does this message say what you could change? Name three changes that could help.',
      fr: 'Où ce message dit-il ce que vous pourriez changer ? Citez trois changements utiles.',
    },
    notes: {
      en: 'Answer: in “4 Insufficient cpu”. Add a node, scale something else down, or ask for less CPU; a free node behind a taint would help too.',
      fr: 'Réponse : dans « 4 Insufficient cpu ». Ajouter un nœud, réduire autre chose, ou demander moins de CPU ; un nœud libre derrière un taint aiderait aussi.',
    },
  },
  'kubelet': {
    diagram: 'worker-node',
    steps: [['kube-apiserver', 'kubelet'], ['kubelet', 'runtime', 'pods'], ['kube-apiserver', 'kube-proxy', 'rules'], ['visitor', 'rules', 'pods']],
    wide: true,
    actor: 'kubelet',
    short: true,
    minutes: 2,
    ask: {
      en: 'The cable of node-2 is cut. Who notices, and by what?',
      fr: 'Le câble de node-2 est coupé. Qui s’en aperçoit, et à quoi ?',
    },
    notes: {
      en: 'Answer: the node controller, by the lease that is no longer renewed. After 50 seconds by default the node counts as NotReady, five minutes later its pods are replaced.',
      fr: 'Réponse : le contrôleur des nœuds, au bail qui n’est plus renouvelé. Après 50 secondes par défaut, le nœud passe à NotReady, cinq minutes plus tard ses pods sont remplacés.',
    },
  },
  'container-runtime': {
    actor: 'container-runtime',
    kind: 'wrong-right',
    minutes: 1,
    ask: {
      en: 'Which of your Dockerfiles had to change for v1.24?',
      fr: 'Lesquels de vos Dockerfiles ont dû changer pour la v1.24 ?',
    },
    notes: {
      en: 'Answer: none. A Dockerfile makes an image, and images stayed the same.',
      fr: 'Réponse : aucun. Un Dockerfile produit une image, et les images sont restées les mêmes.',
    },
  },
  'kube-proxy': {
    actor: 'kube-proxy',
    kind: 'wrong-right',
    minutes: 1,
    ask: {
      en: 'kube-proxy stops on one node. Do its pods still get visitors?',
      fr: 'kube-proxy s’arrête sur un nœud. Ses pods reçoivent-ils encore des visiteurs ?',
    },
    notes: {
      en: 'Answer: yes. The rules are in the kernel and go on working. But nobody renews them, so before long they lead to pods that are gone.',
      fr: 'Réponse : oui. Les règles sont dans le noyau et continuent de servir. Mais plus personne ne les renouvelle, et bientôt elles mènent à des pods disparus.',
    },
  },

  'first-cluster': { minutes: 0.5 },
  'cluster-info-then-now': {
    columns: 2,
    kind: 'then-now',
    lead: false,
    minutes: 1,
    ask: {
      en: 'Find the two words that have changed.',
      fr: 'Trouvez les deux mots qui ont changé.',
    },
    notes: {
      en: 'Answer: “master” and “KubeDNS”.',
      fr: 'Réponse : « master » et « KubeDNS ».',
    },
  },
  'apply-session': {
    minutes: 1,
    ask: {
      en: 'We typed one object. Who wrote the other four?',
      fr: 'Nous avons tapé un objet. Qui a écrit les quatre autres ?',
    },
  },
  'watch-pod': {
    actor: 'kubectl',
    minutes: 1,
    ask: {
      en: 'The first two lines look the same. What has changed between them?',
      fr: 'Les deux premières lignes se ressemblent. Qu’est-ce qui a changé entre elles ?',
    },
    notes: {
      en: 'Answer: the node’s name. The scheduler has written it, and this table does not show it. -o wide would.',
      fr: 'Réponse : le nom du nœud. Le planificateur l’a inscrit, et ce tableau ne le montre pas. -o wide le ferait.',
    },
  },

  'take-home': { minutes: 0.5 },
  'five-sentences': { short: true, minutes: 1 },
  'changes': {
    minutes: 1,
    ask: {
      en: 'Which of these words do you still hear in your team?',
      fr: 'Lesquels de ces mots entendez-vous encore dans votre équipe ?',
    },
  },
  'sources-links': { short: true, minutes: 0.5 },
  'end': {
    component: 'ClusterStar',
    minutes: 0.5,
    notes: {
      en: 'If nobody asks: what happens to our pod when node-2 is switched off? Let the room tell it, component by component. The kubelet falls silent; after 50 seconds the node controller marks the node and its pods, and their addresses no longer count as Ready, so kube-proxy sends nobody there any more; five minutes later the pod is marked for deletion, the ReplicaSet controller creates another, the scheduler binds it, another kubelet starts it. The old pod stays Terminating until node-2 is back or removed.',
      fr: 'Si personne ne demande rien : qu’arrive-t-il à notre pod quand on éteint node-2 ? Laissez la salle le raconter, composant par composant. Le kubelet se tait ; après 50 secondes, le contrôleur des nœuds marque le nœud et ses pods, et leurs adresses ne comptent plus comme Ready : kube-proxy n’y envoie plus personne ; cinq minutes plus tard, le pod est marqué pour suppression, le contrôleur des ReplicaSets en crée un autre, le planificateur le lie, un autre kubelet le démarre. L’ancien pod reste Terminating jusqu’à ce que node-2 revienne ou soit retiré.',
    },
  },
}

export default defineDecks({
  decks: [
    {
      article: 'article/introducing-kubernetes-architecture.en.md',
      language: 'en',
      output: 'slides.md',
      bareHeadings: 'kicker',
      slides,
    },
    {
      article: 'article/introducing-kubernetes-architecture.fr.md',
      language: 'fr',
      output: 'slides.fr.md',
      bareHeadings: 'kicker',
      slides,
    },
  ],
})
