# La répétition : ce qui partirait dans les prochains jours, sans que rien ne parte.

cli-rehearse-title = Répétition, { $community } : ce qui partirait du { $from } au { $to }. Rien n'est envoyé.
cli-rehearse-nothing = Rien n'est prévu : le bot resterait silencieux.
cli-rehearse-day = { $day }
cli-rehearse-line = { $at } · { $where } · { $what } : « { $text } »
cli-rehearse-kind = { $at } · { $where } · { $what }
cli-rehearse-drawn = { $at } · { $where } · { $what } (mots tirés au sort d'ici là)
cli-rehearse-why = plus tard que prévu : { $why }
cli-rehearse-in-space = dans { $space }
cli-rehearse-in-thread = dans un fil de { $space }
cli-rehearse-in-private = { $role ->
        [coordinator] en privé, à la coordination ({ $n })
        [animator] en privé, à l'animation ({ $n })
        [member] { $n ->
            [one] en privé, à une personne
           *[other] en privé, à { $n } personnes
        }
       *[other] en privé, à quelqu'un qui n'est pas membre
    }
cli-rehearse-private = Messages privés par membre, dans la semaine la plus chargée : { $most } au plus, { $median } au milieu ({ $members } membres). Plafond : { $cap } en { $days } jours; l'accueil et ce que la personne demande n'y comptent pas.
cli-rehearse-space = Dans { $space }, dans la semaine la plus chargée : { $week }. Plafond : { $cap } en { $days } jours.
cli-rehearse-end = Les gens parleront aussi, et ce qu'ils diront changera la suite. Les tirages au sort peuvent tomber autrement.
cli-rehearse-far = Répétition : jour { $day } sur { $days }
cli-rehearse-days = Le nombre de jours va de 1 à { $most }.
cli-rehearse-no-database = Il n'y a encore rien à répéter : { $address } est vide. Démarrez d'abord le bot avec « copain run ».
cli-rehearse-no-community = Il n'y a pas de communauté « { $slug } » dans la base. Connues : { $known }.

rehearse-kind-prompt = question du moment
rehearse-kind-relance = relance
rehearse-kind-welcome = accueil
rehearse-kind-welcome-line = mot de bienvenue
rehearse-kind-guide = guide
rehearse-kind-bundle = ce qui attend
rehearse-kind-preview = aperçu d'une question
rehearse-kind-request-card = demande à voir
rehearse-kind-charter = charte
rehearse-kind-pace-notice = nouvelle du rythme
rehearse-kind-synthesis = synthèse

help-see-as = montre un mois de messages comme quelqu'un d'autre les recevrait
example-see-as = { $prefix } voir comme nuit
arg-who = à l'arrivée, de nuit ou en anglais : « arrivée », « nuit », « anglais »

see-as-name = Camille
see-as-choose = **Voir comme…** Un mois de messages, tels qu'une personne les recevrait. Elle n'existe que pour l'essai : rien n'est envoyé à personne d'autre que vous.
see-as-asked = Je répète le mois qui vient. Le résultat arrive ici dans un instant.
see-as-who-new = une personne qui arrive
see-as-who-night = une personne qui arrive, et qui travaille de nuit
see-as-who-en = une personne qui arrive, et qui lit l'anglais
see-as-who-fr = une personne qui arrive, et qui lit le français
see-as-title = **Essai : { $who }.** Du { $from } au { $to }. En privé : { $private }. Dans les salons, pour tout le monde : { $spaces }.
see-as-nothing = Elle ne recevrait rien pendant ce temps.
see-as-private = *Essai · { $when } · en privé*
see-as-space = *Essai · { $when } · dans { $space }*
see-as-text = { $text }
see-as-buttons = *Boutons, sans effet ici : { $buttons }*
see-as-more = Et ensuite :
see-as-more-private = - { $when } · en privé : { $words }
see-as-more-space = - { $when } · dans { $space } : { $words }
see-as-rest = { $n ->
        [one] Et encore un message.
       *[other] Et encore { $n } messages.
    }

button-see-as = Voir comme quelqu'un
button-see-as-new = Quelqu'un qui arrive
button-see-as-night = Quelqu'un de nuit
button-see-as-en = Quelqu'un qui lit l'anglais
button-see-as-fr = Quelqu'un qui lit le français
