# Ce qui n'a pas marché en coulisses, dit une fois à qui peut y faire quelque chose.

troubles-undelivered = Un message n'a pas pu être remis { $where }, malgré plusieurs essais. Il ne partira plus. Le salon existe-t-il encore, et suis-je dedans?
troubles-in-private = à une personne, en privé
troubles-in-space = dans « { $space } »
troubles-parked =
    Une tâche prévue a échoué plusieurs fois de mon côté; je ne la tente plus.
    Référence à donner à { $technical } : **{ $reference }**
